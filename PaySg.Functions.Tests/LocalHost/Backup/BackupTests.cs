using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
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
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" });
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
        var file = Path.Combine(folder, BackUpTables.FileOf(tables.Payments));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, end < 0 ? bytes[..^-end] : bytes[..end]);
        foreach (var table in tables.All)
            await table.DeleteAsync(CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(app, restoreFrom: folder));

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was restored", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Int64","9474099199254740993000"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Int32","2147483648"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["Binary",null]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["String"]}}""")]
    [InlineData("""{"pk":"p","rk":"r","columns":{"a":["String","\ud800"]}}""")]
    [InlineData("""{"pk":"p","rk":"r"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_line_that_is_no_row_is_named(string line) =>
        Assert.Contains("file, line 7", Assert.Throws<LocalHostException>(() => RowJson.Read(line, "file", 7)).Message, StringComparison.Ordinal);

    private static async Task<string> RunAsync(PaySgApp app, string? backUpTo = null, string? restoreFrom = null)
    {
        await using var output = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = app.Connection };
        await new BackupProgram(environment, output).RunAsync(CommandLine.Parse(backUpTo is null ? ["restore", restoreFrom!] : ["backup", backUpTo]), CancellationToken.None);
        return output.ToString();
    }
}
