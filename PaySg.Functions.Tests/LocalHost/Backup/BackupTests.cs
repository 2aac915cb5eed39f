using System.IO.Compression;
using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;

namespace PaySg.Functions.Tests.LocalHost.Backup;

public sealed class BackupTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_table_that_was_deleted_is_restored_row_by_row_and_what_happened_since_stays()
    {
        // Without the sweep, rows that nobody waits for stay as they are.
        await using var app = await PaySgApp.StartAsync(settings: PaySgApp.NoSweeper);
        var paid = await app.Client.CreatedPaymentAsync(A.Payment().With("description", "Ein Ü, 収入印紙, 🧾"));
        (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
        var before = (await app.Client.GetPaymentAsync(paid)).Expect(HttpStatusCode.OK).Body;
        var payments = app.Services.GetRequiredService<PaySgTables>().Payments;
        await RunAsync(app, backUpTo: folder);
        var rows = await StoredRows.OfAsync(app.Connection, payments.Name, "");

        await payments.DeleteAsync(CancellationToken.None);
        await payments.CreateIfNotExistsAsync(CancellationToken.None);
        var since = await app.Client.CreatedPaymentAsync();
        (await app.Client.GetPaymentAsync(paid)).Expect(HttpStatusCode.NotFound);
        var printed = await RunAsync(app, restoreFrom: folder);

        Assert.Equal(before, (await app.Client.GetPaymentAsync(paid)).Expect(HttpStatusCode.OK).Body);
        (await app.Client.GetPaymentAsync(since)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(paid, 1)).Expect(HttpStatusCode.OK);
        Assert.Contains($"paysgpayments: {rows.Count} of {rows.Count} rows were missing and are restored", printed, StringComparison.Ordinal);

        var again = await RunAsync(app, restoreFrom: folder);
        Assert.Contains($"paysgpayments: 0 of {rows.Count} rows were missing and are restored", again, StringComparison.Ordinal);
        Assert.Contains("refunded", (await app.Client.GetPaymentAsync(paid)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_the_same_after_a_journey_through_a_file()
    {
        var row = new TableEntity("p", "r")
        {
            ["text"] = "a\u0000\"\\\n収",
            ["bytes"] = new byte[] { 0, 1, 255 },
            ["flag"] = true,
            ["small"] = -7,
            ["large"] = long.MaxValue,
            ["number"] = 0.1,
            ["time"] = new DateTimeOffset(2026, 1, 15, 1, 30, 0, 123, TimeSpan.Zero),
            ["id"] = Guid.Parse("01234567-89ab-7def-8123-456789abcdef"),
        };

        var read = RowJson.Read(System.Text.Encoding.UTF8.GetString(RowJson.Write(row)), "file", 1);

        Assert.Equal(row.OrderBy(column => column.Key, StringComparer.Ordinal), read.OrderBy(column => column.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_written_to_and_one_without_a_backup_is_no_backup()
    {
        await using var app = await PaySgApp.StartAsync();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "something"), "");

        Assert.Contains("is not empty", (await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(app, backUpTo: folder))).Message, StringComparison.Ordinal);
        Assert.Contains("holds no backup", (await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(app, restoreFrom: folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_is_no_folder_is_named()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await File.WriteAllTextAsync(folder, "a file");
        try
        {
            var refusal = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(connection, "backup", folder));

            Assert.Contains("The folder could not be used", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(folder);
        }
    }

    /// <summary>.NET's reader of gzip takes a file that was cut off for one that ends there.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(-9)]
    [InlineData(30)]
    [InlineData(7)]
    public async Task Nothing_is_restored_from_a_file_that_is_not_whole(int end)
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Client.CreatedPaymentAsync();
        await RunAsync(app, backUpTo: folder);
        var tables = app.Services.GetRequiredService<PaySgTables>();
        var file = Path.Combine(folder, tables.Payments.Name + ".jsonl.gz");
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, end < 0 ? bytes[..^-end] : bytes[..end]);
        foreach (var table in tables.All)
            await table.DeleteAsync(CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(app, restoreFrom: folder));

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was restored", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await NamesAsync(app.Connection), name => name.StartsWith("paysg", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Storage_that_refuses_the_key_says_so_and_where_to_copy_it(string command)
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using (var parts = PaySgParts.Build(connection))
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
        await RunAsync(connection, "backup", folder);
        var wrongKey = string.Join(';', connection.Split(';')
            .Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={Convert.ToBase64String(new byte[64])}" : part));
        var other = Path.Combine(folder, "other");

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(wrongKey, command, command == "backup" ? other : folder));

        Assert.Contains("Storage refuses the", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("\"Access keys\"", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Whole files of gzip, with something else in them.</summary>
    [Fact]
    public async Task Nothing_is_restored_from_what_is_foreign_or_changed_or_lacks_a_file()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using (var parts = PaySgParts.Build(connection))
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
        await StoredRows.PutAsync(connection, "paysgpayments", [new TableEntity("a", "1"), new TableEntity("a", "2")]);
        await StoredRows.PutAsync(connection, "paysgpayments", new TableEntity("b", "1"));
        await RunAsync(connection, "backup", folder);
        var (payments, manifest) = (Path.Combine(folder, "paysgpayments.jsonl.gz"), Path.Combine(folder, "manifest.json"));
        var lines = (await LinesAsync(payments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        foreach (var table in await NamesAsync(connection))
            await new TableServiceClient(connection).DeleteTableAsync(table);

        // The manifest says what the files hold, and whose they are.
        await PackAsync(payments, lines[..2]);
        await RefusedAsync("its content is not what the manifest says");
        await PackAsync(payments, lines);
        File.Delete(Path.Combine(folder, "paysgdeliveries.jsonl.gz"));
        await RefusedAsync("paysgdeliveries.jsonl.gz is damaged");
        await File.WriteAllTextAsync(manifest, "{}");
        await RefusedAsync("The manifest is not of the form paysg-backup/1");
        await File.WriteAllTextAsync(manifest, "<html>");
        await RefusedAsync("The manifest is damaged");

        await File.WriteAllTextAsync(manifest, """{"format":"paysg-backup/1","run":"x","endedAt":"2026-11-29T00:00:00Z","tables":[null]}""");
        await RefusedAsync("The manifest is not of the form paysg-backup/1");
        await File.WriteAllTextAsync(manifest, "");
        await RefusedAsync("is not whole: its backup was interrupted");
        File.Delete(manifest);

        // Without one, as an older release has left it, each line is looked at before the first is written.
        await PackAsync(payments, [.. lines, "{\"payment\":1}"]);
        await RefusedAsync("line 4: not a row of a backup");
        await PackAsync(payments, [lines[2], lines[0]]);
        await RefusedAsync("line 2: its row does not come after the one above it");
        await PackAsync(payments, [lines[0], lines[0]]);
        await RefusedAsync("line 2: its row does not come after the one above it");
        Assert.Empty(await NamesAsync(connection));

        await PackAsync(payments, lines);
        Assert.Contains("paysgpayments: of 3 rows 3 are missing and 0 differ", await RunAsync(connection, "restore", folder, "--report"), StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(connection));
        Assert.Contains("paysgpayments: 3 of 3 rows were missing and are restored", await RunAsync(connection, "restore", folder), StringComparison.Ordinal);

        async Task RefusedAsync(string said)
        {
            var refusal = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(connection, "restore", folder));
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
            Assert.Empty(await NamesAsync(connection));
        }
    }

    /// <summary>The app's own backup has one part of gzip a block; whoever has copied its run out of the container restores from the folder.</summary>
    [Fact]
    public async Task A_run_that_was_copied_out_of_the_container_is_restored_from_its_folder_and_nothing_with_it_that_is_not_of_it()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using (var parts = PaySgParts.Build(connection))
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
        await StoredRows.PutAsync(connection, "paysgpayments", [new TableEntity("a", "1"), new TableEntity("a", "2")]);
        await RunAsync(connection, "backup", folder);
        var (payments, manifest) = (Path.Combine(folder, "paysgpayments.jsonl.gz"), Path.Combine(folder, "manifest.json"));
        var whole = await File.ReadAllBytesAsync(payments);
        var parted = (await LinesAsync(payments)).Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(Packed).ToArray();
        await File.WriteAllBytesAsync(payments, parted);
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace($"\"bytes\": {whole.Length}", $"\"bytes\": {parted.Length}", StringComparison.Ordinal));
        foreach (var table in await NamesAsync(connection))
            await new TableServiceClient(connection).DeleteTableAsync(table);

        await File.WriteAllBytesAsync(payments, [.. parted, 1, 2, 3]);
        Assert.Contains("paysgpayments.jsonl.gz is damaged", (await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(connection, "restore", folder))).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(payments, parted);
        await File.WriteAllTextAsync(manifest, text.Replace("\"paysgpayments\"", "\"anotherpayments\"", StringComparison.Ordinal));
        Assert.Contains("paysgpayments.jsonl.gz is not of this backup", (await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(connection, "restore", folder))).Message, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(connection));

        await File.WriteAllTextAsync(manifest, text.Replace($"\"bytes\": {whole.Length}", $"\"bytes\": {parted.Length}", StringComparison.Ordinal));
        Assert.Contains("paysgpayments: 2 of 2 rows were missing and are restored", await RunAsync(connection, "restore", folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_backup_of_another_account_is_restored_only_by_whoever_names_it_and_nothing_into_a_store_in_use_without_a_word()
    {
        var (theirs, ours) = (await TestAzurite.NewAccountAsync(), await TestAzurite.NewAccountAsync());
        foreach (var connection in new[] { theirs, ours })
        {
            await using var parts = PaySgParts.Build(connection);
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
        }

        await StoredRows.PutAsync(theirs, "paysgpayments", new TableEntity("owner", "p:1"));
        await StoredRows.PutAsync(theirs, "paysgaccess", new TableEntity("owners", "owner"));
        await StoredRows.PutAsync(ours, "paysgpayments", [new TableEntity("owner", "p:2"), new TableEntity("owner", "u:redacted-payment")]);
        await RunAsync(theirs, "backup", folder);
        var account = new TableServiceClient(theirs).AccountName;

        var foreign = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(ours, "restore", folder, "--yes"));
        Assert.Contains($"is the backup of the storage account {account}", foreign.Message, StringComparison.Ordinal);
        var nobody = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(ours, "restore", folder, "--from-account", account, "--owner", "owne", "--yes"));
        Assert.Contains("holds nothing of owne: no payment service or account has this id", nobody.Message, StringComparison.Ordinal);
        var inUse = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(ours, "restore", folder, "--from-account", account));
        Assert.Contains("The store is in use: a row of paysg", inUse.Message, StringComparison.Ordinal);
        Assert.Equal(["p:2", "u:redacted-payment"], (await StoredRows.OfAsync(ours, "paysgpayments", "")).Select(row => row.RowKey));

        Assert.Contains("Redacted since the backup was made: owner redacted-payment.", await RunAsync(ours, "restore", folder, "--from-account", account, "--report"), StringComparison.Ordinal);
        var printed = await RunAsync(ours, "restore", folder, "--from-account", account, "--yes");
        Assert.Contains("paysgpayments: 1 of 1 rows were missing and are restored", printed, StringComparison.Ordinal);
        Assert.Contains("Redact again: owner redacted-payment.", printed, StringComparison.Ordinal);
        Assert.Equal(["p:1", "p:2", "u:redacted-payment"], (await StoredRows.OfAsync(ours, "paysgpayments", "")).Select(row => row.RowKey));
    }

    [Theory]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Int64","9474099199254740993000"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Int32","2147483648"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Binary",null]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["String"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["String","\ud800"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["String","b","c"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Boolean","yes"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["DateTime","0001-01-01T00:00:00Z"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a b":["String","c"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"":["String","c"]}}""")]
    [InlineData("""{"pk":null,"rk":"r","columns":{}}""")]
    [InlineData("""{"pk":"p","rk":null,"columns":{}}""")]
    [InlineData("""{"pk":"p/q","rk":"r","columns":{}}""")]
    [InlineData("""{"pk":"p","rk":"r\u0000","columns":{}}""")]
    [InlineData("""{"pk":"p","rk":"r"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_line_that_is_no_row_is_named(string line) =>
        Assert.Contains("file, line 7", Assert.Throws<InvalidDataException>(() => RowJson.Read(line, "file", 7)).Message, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> NamesAsync(string connection)
    {
        var names = new List<string>();
        await foreach (var table in new TableServiceClient(connection).QueryAsync(filter: (string?)null))
            names.Add(table.Name);
        return names;
    }

    private static async Task<string> LinesAsync(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return await reader.ReadToEndAsync();
    }

    private static byte[] Packed(string line)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest))
            packed.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        return bytes.ToArray();
    }

    private static async Task PackAsync(string file, IEnumerable<string> lines)
    {
        await using var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        await packed.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
    }

    private static async Task<string> RunAsync(string connection, params string[] arguments)
    {
        await using var output = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = connection };
        await new BackupProgram(environment, output).RunAsync(CommandLine.Parse(arguments), CancellationToken.None);
        return output.ToString();
    }

    private static async Task<string> RunAsync(PaySgApp app, string? backUpTo = null, string? restoreFrom = null)
    {
        await using var output = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = app.Connection };
        await new BackupProgram(environment, output).RunAsync(CommandLine.Parse(backUpTo is null ? ["restore", restoreFrom!, "--yes"] : ["backup", backUpTo]), CancellationToken.None);
        return output.ToString();
    }
}
