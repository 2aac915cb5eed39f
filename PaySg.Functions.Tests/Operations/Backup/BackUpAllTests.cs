using System.IO.Compression;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;

namespace PaySg.Functions.Tests.Operations.Backup;

public sealed class BackUpAllTests
{
    [Theory]
    [InlineData("2026-11-28T18:59:59Z", "2026-11-27T1900Z")]
    [InlineData("2026-11-28T19:00:00Z", "2026-11-28T1900Z")]
    [InlineData("2026-11-28T23:59:00+08:00", "2026-11-27T1900Z")]
    public void A_run_is_named_by_when_it_was_due(string now, string id)
    {
        var run = BackupRun.LastDue(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(id, run.Id);
        Assert.Equal(run, BackupRun.Of(run.ManifestName));
        Assert.Null(BackupRun.Of("somebody-elses/blob"));
    }

    [Fact]
    public async Task A_run_holds_every_row_of_every_table_once_and_is_made_once_a_day()
    {
        await using var store = await Store.StartAsync(rows: 2500);
        await store.BackUpAsync();

        var manifest = await store.ManifestAsync();
        var declared = typeof(PaySgTables).GetProperties().Where(property => typeof(TableClient).IsAssignableFrom(property.PropertyType)).Select(property => ((TableClient)property.GetValue(store.Parts.Tables)!).Name);
        Assert.Equal(declared.Order(StringComparer.Ordinal), manifest.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Equal(store.Account, manifest.Account);
        Assert.Equal(store.Parts.Tables.All.Select(table => table.Name), manifest.Tables.Select(table => table.Name));
        Assert.Equal(2500, manifest.Tables.Single(table => table.Name == "paysgpayments").Rows);
        Assert.Equal(await store.RowsAsync(), await store.LinesAsync("paysgpayments"));

        var blobs = await store.BlobsAsync();
        await store.BackUpAsync();
        Assert.Equal(blobs, await store.BlobsAsync());

        store.Parts.Clock.Advance(TimeSpan.FromDays(1));
        await store.BackUpAsync();
        Assert.Equal(blobs.Count * 2, (await store.BlobsAsync()).Count);
    }

    /// <summary>The process dies when it has copied a part: before and after a block, and before the manifest.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_run_that_was_cut_off_goes_on_behind_the_last_row_and_copies_none_twice(int requests)
    {
        await using var store = await Store.StartAsync(rows: 3500);
        var left = requests;
        store.Parts.Traffic.BeforeSend = request =>
        {
            if (request.IsBackup && left-- == 0)
                store.Parts.Traffic.IsCutOff = true;
        };
        await store.BackUpAsync();
        Assert.DoesNotContain((await store.BlobsAsync()).Keys, name => name.EndsWith("manifest.json", StringComparison.Ordinal));
        Assert.Contains(store.Parts.Log.All, line => line.EventId == 2022);

        store.Parts.Traffic.IsCutOff = false;
        store.Parts.Traffic.BeforeSend = _ => { };
        await store.BackUpAsync();

        Assert.Equal(await store.RowsAsync(), await store.LinesAsync("paysgpayments"));
        Assert.Equal(3500, (await store.ManifestAsync()).Tables.Single(table => table.Name == "paysgpayments").Rows);
    }

    [Fact]
    public async Task Runs_go_when_they_are_older_than_they_are_kept_for_and_what_somebody_else_put_there_stays()
    {
        await using var store = await Store.StartAsync(rows: 1);
        await store.Container.UploadBlobAsync("somebody-elses/blob", BinaryData.FromString("x"));
        await store.BackUpAsync();
        var first = (await store.BlobsAsync()).Keys;

        store.Parts.Clock.Advance(TimeSpan.FromDays(37));
        await store.BackUpAsync();

        var left = (await store.BlobsAsync()).Keys.ToList();
        Assert.Contains("somebody-elses/blob", left);
        Assert.Empty(left.Intersect(first).Except(["somebody-elses/blob"]));
    }

    [Fact]
    public async Task A_container_that_is_missing_is_named_with_what_to_do_and_nothing_is_changed()
    {
        await using var store = await Store.StartAsync(rows: 1, container: "paysg-backups-missing");

        await store.BackUpAsync();

        var line = Assert.Single(store.Parts.Log.All, line => line.EventId == 2022);
        Assert.Contains("container paysg-backups-missing does not exist. Deploy the infrastructure again", line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", 0, "refuses the app. Give its identity the role Storage Blob Data Owner on the account.")]
    [InlineData(403, "AuthorizationPermissionMismatch", 2, "refuses the app. Give its identity the role Storage Blob Data Owner on the account.")]
    [InlineData(403, "AuthorizationFailure", 1, "Look at the account's firewall")]
    [InlineData(409, "BlockCountExceedsLimit", 3, "is full: a blob of it holds as many blocks as a blob may")]
    [InlineData(507, "InsufficientStorage", 3, "is full (507 InsufficientStorage). Make room")]
    public async Task A_container_that_denies_or_is_full_is_named_with_what_to_do_and_the_run_goes_on_when_that_is_done(int status, string code, int requests, string advice)
    {
        await using var store = await Store.StartAsync(rows: 2500);
        var left = requests;
        store.Parts.Traffic.BeforeSend = request =>
        {
            if (request.IsBackup && left-- <= 0)
                throw new Azure.RequestFailedException(status, "The container does not take it.", code, innerException: null);
        };

        await store.BackUpAsync();

        var line = Assert.Single(store.Parts.Log.All, line => line.EventId == 2022);
        Assert.Contains(StorageRequest.BackupContainer, line.Message, StringComparison.Ordinal);
        Assert.Contains(advice, line.Message, StringComparison.Ordinal);
        Assert.DoesNotContain((await store.BlobsAsync()).Keys, name => name.EndsWith("manifest.json", StringComparison.Ordinal));

        store.Parts.Traffic.BeforeSend = _ => { };
        await store.BackUpAsync();
        Assert.Equal(await store.RowsAsync(), await store.LinesAsync("paysgpayments"));
    }

    /// <summary>What the alert waits for: the age of the newest whole backup, also where today's does not come to be.</summary>
    [Fact]
    public async Task The_age_of_the_newest_whole_backup_is_measured_whether_todays_is_made_or_not()
    {
        await using var store = await Store.StartAsync(rows: 1);
        var ages = new List<TimeSpan>();
        var metrics = store.Parts.Get<BackupMetrics>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Name == BackupMetrics.Age && instrument.Meter.Scope == metrics)
                on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => ages.Add(TimeSpan.FromSeconds(seconds)));
        listener.Start();

        // None is whole yet: nothing is measured, and the alert misses it.
        store.Parts.Traffic.BeforeSend = request => _ = request.IsBackup ? throw new Azure.RequestFailedException(507, "Full.", "InsufficientStorage", innerException: null) : 0;
        await store.BackUpAsync();
        Assert.Empty(ages);

        store.Parts.Traffic.BeforeSend = _ => { };
        await store.BackUpAsync();
        Assert.InRange(Assert.Single(ages), TimeSpan.Zero, TimeSpan.FromDays(1));

        store.Parts.Clock.Advance(TimeSpan.FromDays(2));
        var left = 1;
        store.Parts.Traffic.BeforeSend = request => _ = request.IsBackup && left-- <= 0 ? throw new Azure.RequestFailedException(507, "Full.", "InsufficientStorage", innerException: null) : 0;
        await store.BackUpAsync();
        Assert.Equal(2, ages.Count);
        Assert.InRange(ages[1] - ages[0], TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(2) + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Without_a_container_nothing_is_asked()
    {
        await using var parts = await PaySgParts.StartAsync();

        await parts.Get<BackUpAll>().RunAsync(CancellationToken.None);

        Assert.Empty(parts.Traffic.Requests);
    }

    [Fact]
    public async Task A_restore_reports_first_puts_back_what_is_missing_and_overwrites_only_what_was_confirmed()
    {
        await using var store = await Store.StartAsync(rows: 500);
        await store.BackUpAsync();
        var before = await store.RowsAsync();
        foreach (var row in before.Take(7))
            await store.DeleteAsync("paysgpayments", RowKeyOf(row));
        await store.PutAsync("paysgpayments", new TableEntity("owner", RowKeyOf(before[10])) { ["text"] = "changed" });
        await store.PutAsync("paysgpayments", new TableEntity("owner", "z-since") { ["text"] = "since" });

        Assert.Contains("paysgpayments: of 500 rows 7 are missing and 1 differ\n", await store.RestoreAsync(new RestoreChoice("latest", ReportsOnly: true)), StringComparison.Ordinal);
        Assert.Contains("run the same with --yes", await store.RestoreAsync(new RestoreChoice("latest", Overwrites: true)), StringComparison.Ordinal);
        Assert.Equal(494, (await store.RowsAsync()).Count);

        // Rows were written just now: the store is in use.
        Assert.Contains("The store is in use", (await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest")))).Message, StringComparison.Ordinal);
        Assert.Equal(494, (await store.RowsAsync()).Count);
        Assert.Contains("paysgpayments: 7 of 500 rows were missing and are restored\n", await store.RestoreAsync(new RestoreChoice("latest", IsConfirmed: true)), StringComparison.Ordinal);
        Assert.Equal(501, (await store.RowsAsync()).Count);

        var inUse = await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest", Overwrites: true, IsConfirmed: true)));
        Assert.Contains("The store is in use", inUse.Message, StringComparison.Ordinal);
        Assert.NotEqual(before, [.. (await store.RowsAsync()).Where(row => !row.Contains("z-since", StringComparison.Ordinal))]);

        store.Offset = TimeSpan.FromMinutes(6);
        Assert.Contains("0 of 500 rows were missing and are restored, 1 differed and are overwritten", await store.RestoreAsync(new RestoreChoice("latest", Overwrites: true, IsConfirmed: true)), StringComparison.Ordinal);
        Assert.Equal(before, (await store.RowsAsync()).Where(row => !row.Contains("z-since", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_owner_is_restored_into_new_tables_which_must_be_empty()
    {
        await using var store = await Store.StartAsync(rows: 20);
        await store.PutAsync("paysgpayments", new TableEntity("other", "a") { ["text"] = "theirs" });
        await store.PutAsync("paysgwebhooks", new TableEntity("owner", "e:1") { ["id"] = "endpoint1" });
        await store.PutAsync("paysgdeliveries", new TableEntity("endpoint1", "d") { ["text"] = "ours" });
        await store.PutAsync("paysgdeliveries", new TableEntity("endpoint2", "d") { ["text"] = "theirs" });
        // What the sandbox remembers of a charge, of which one row alone names the owner.
        await store.PutAsync("paysgsandbox", new TableEntity("charge1", "charge"));
        await store.PutAsync("paysgsandbox", new TableEntity("charge1", "intent") { ["owner_id"] = "owner" });
        await store.PutAsync("paysgsandbox", new TableEntity("charge2", "intent") { ["owner_id"] = "other" });
        await store.PutAsync("paysgsandbox", new TableEntity("attempt1", "attempt") { ["charge_id"] = "charge1" });
        await store.PutAsync("paysgsandbox", new TableEntity("attempt2", "attempt") { ["charge_id"] = "charge2" });
        await store.BackUpAsync();

        var printed = await store.RestoreAsync(new RestoreChoice("latest", Owner: "owner", Into: "drill"));

        Assert.Contains("drillpayments: 20 of 20 rows were missing", printed, StringComparison.Ordinal);
        Assert.Contains("drilldeliveries: 1 of 1 rows were missing", printed, StringComparison.Ordinal);
        Assert.Contains("drillsandbox: 3 of 3 rows were missing", printed, StringComparison.Ordinal);
        var again = await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest", Into: "drill")));
        Assert.Contains("is not empty", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_blob_a_run_that_is_not_whole_and_a_foreign_backup_are_refused_and_nothing_is_restored()
    {
        await using var store = await Store.StartAsync(rows: 5);
        await store.BackUpAsync();
        var manifest = await store.ManifestAsync();
        var name = $"{manifest.Run}/paysgpayments.jsonl.gz";
        await store.Parts.Tables.Payments.DeleteAsync(CancellationToken.None);

        var foreign = await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest"), prefix: "other"));
        Assert.Contains("another installation", foreign.Message, StringComparison.Ordinal);

        using (var more = new MemoryStream())
        {
            await using (var lines = new GZipStream(more, CompressionLevel.Fastest, leaveOpen: true))
                await lines.WriteAsync("{\"pk\":\"owner\",\"rk\":\"x\",\"columns\":{}}\n"u8.ToArray());
            more.Position = 0;
            await store.Container.GetAppendBlobClient(name).AppendBlockAsync(more);
        }

        var damaged = await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest")));
        Assert.Contains("is damaged", damaged.Message, StringComparison.Ordinal);
        await store.Container.DeleteBlobAsync($"{manifest.Run}/manifest.json");
        var half = await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice(manifest.Run)));
        Assert.Contains("is not whole", half.Message, StringComparison.Ordinal);
        Assert.Contains("holds no whole backup", (await Assert.ThrowsAsync<LocalHostException>(() => store.RestoreAsync(new RestoreChoice("latest")))).Message, StringComparison.Ordinal);
    }

    private static string RowKeyOf(string line) => RowJson.Read(line, "test", 1).RowKey;

    /// <summary>A store with rows in one partition of the payments table, and a container for backups.</summary>
    private sealed class Store : IAsyncDisposable
    {
        private readonly string connection;

        private Store(string connection, PaySgParts parts, string container)
        {
            this.connection = connection;
            Parts = parts;
            Container = new BlobContainerClient(connection, container);
        }

        public PaySgParts Parts { get; }

        public string Account => new TableServiceClient(connection).AccountName;

        public BlobContainerClient Container { get; }

        /// <summary>How far the clock of the restore is ahead.</summary>
        public TimeSpan Offset { get; set; }

        public static async Task<Store> StartAsync(int rows, string container = StorageRequest.BackupContainer)
        {
            var account = await TestAzurite.NewAccountAsync();
            var parts = PaySgParts.Build(account, settings: new Dictionary<string, string> { ["PaySg__Backup__Container"] = container });
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
            var store = new Store(account, parts, container);
            if (container == StorageRequest.BackupContainer)
                await store.Container.CreateAsync();
            var text = new string('x', 200);
            foreach (var some in Enumerable.Range(0, rows).Chunk(100))
                await StoredRows.PutAsync(account, "paysgpayments", some.Select(number => new TableEntity("owner", $"p:{number:000000}") { ["text"] = text, ["number"] = number, ["doc"] = new byte[] { 1, 2, 3 } }));
            parts.Traffic.Forget();
            return store;
        }

        public Task PutAsync(string table, TableEntity row) => StoredRows.PutAsync(connection, table, row);

        public Task<Azure.Response> DeleteAsync(string table, string rowKey) => new TableServiceClient(connection).GetTableClient(table).DeleteEntityAsync("owner", rowKey, Azure.ETag.All);

        public Task BackUpAsync() => Parts.Get<BackUpAll>().RunAsync(CancellationToken.None);

        public async Task<BackupManifest> ManifestAsync()
        {
            var name = (await BlobsAsync()).Keys.Where(name => name.EndsWith("/manifest.json", StringComparison.Ordinal)).Max(StringComparer.Ordinal);
            return BackupManifest.Read((await Container.GetBlobClient(name).DownloadContentAsync()).Value.Content);
        }

        public async Task<IReadOnlyDictionary<string, long>> BlobsAsync()
        {
            var blobs = new SortedDictionary<string, long>(StringComparer.Ordinal);
            await foreach (var blob in Container.GetBlobsAsync())
                blobs[blob.Name] = blob.Properties.ContentLength ?? 0;
            return blobs;
        }

        public async Task<IReadOnlyList<string>> LinesAsync(string table)
        {
            using var reader = new StreamReader(new GZipStream(await Container.GetBlobClient($"{(await ManifestAsync()).Run}/{table}.jsonl.gz").OpenReadAsync(), CompressionMode.Decompress));
            return (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        }

        public async Task<IReadOnlyList<string>> RowsAsync() =>
            [.. (await StoredRows.OfAsync(connection, "paysgpayments", "")).Select(row => System.Text.Encoding.UTF8.GetString(RowJson.Write(row)))];

        public async Task<string> RestoreAsync(RestoreChoice choice, string prefix = "paysg")
        {
            await using var output = new StringWriter { NewLine = "\n" };
            var source = await ContainerBackup.FindAsync(Container, choice.From == RestoreChoice.Latest ? null : choice.From, CancellationToken.None);
            // Parts of their own, whose queries nobody judges: an operator's command may read whole tables.
            var parts = PaySgParts.Build(connection, settings: new Dictionary<string, string> { ["PaySg__TablePrefix"] = prefix });
            await new RestoreTables(parts.Tables, parts.Get<StorageConnection>(), prefix, new ShiftedClock(Offset), output).RunAsync(source, choice, CancellationToken.None);
            return output.ToString();
        }

        public ValueTask DisposeAsync() => Parts.DisposeAsync();
    }

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
