using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Azurite;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Operations.Backup;

/// <summary>The drill: many rows, a process that is killed twice, and a restore into new tables.</summary>
[Trait("Category", "Long")]
public sealed class When_a_backup_is_killed(ITestOutputHelper output)
{
    private const int Partitions = 20;

    /// <summary>How many rows: a hundred thousand with <c>PAYSG_BACKUP_ROWS=100000</c>.</summary>
    private static readonly int Rows = int.Parse(System.Environment.GetEnvironmentVariable("PAYSG_BACKUP_ROWS") ?? "10000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Should_hold_the_same_rows_and_need_no_more_memory_than_for_a_tenth()
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions());
        var connection = azurite.ConnectionString;
        await using (var parts = PaySgParts.Build(connection))
            await parts.Tables.CreateMissingAsync(CancellationToken.None);
        var container = new BlobContainerClient(connection, StorageRequest.BackupContainer);
        await container.CreateAsync();
        await FillAsync(connection, 0, Rows / 10);
        var small = await RunAsync(connection, killAt: null, container);
        await foreach (var blob in container.GetBlobsAsync())
            await container.DeleteBlobAsync(blob.Name);
        await FillAsync(connection, Rows / 10, Rows);

        var clock = Stopwatch.StartNew();
        await RunAsync(connection, killAt: Rows * 5L, container);
        await RunAsync(connection, killAt: Rows * 200L, container);
        var whole = await RunAsync(connection, killAt: null, container);
        var backedUp = clock.Elapsed;

        clock.Restart();
        using (var restore = LocalHostProcess.StartCommand(Environment(connection), "restore", "latest", "--into", "drill"))
        {
            await restore.WaitForExitAsync();
            Assert.True(restore.ExitCode == 0, await restore.StandardError.ReadToEndAsync());
        }

        output.WriteLine(
            $"{Rows} rows: backed up in {backedUp.TotalSeconds:0} s with two kills, restored in {clock.Elapsed.TotalSeconds:0} s; peak memory {small} MB for a tenth, {whole} MB for the rest.");

        var before = await HashAsync(connection, "paysgpayments");
        Assert.Equal(Rows, before.Rows);
        Assert.Equal(before, await HashAsync(connection, "drillpayments"));
        Assert.True(whole < small * 1.5 + 50, $"{small} MB for a tenth of the rows, {whole} MB for all.");
    }

    private static (string Name, string Value)[] Environment(string connection) => [("AzureWebJobsStorage", connection), ("PaySg__Backup__Container", StorageRequest.BackupContainer)];

    /// <summary>Runs the command, and kills it when the blob of the payments is so long; its peak memory in MB.</summary>
    private static async Task<long> RunAsync(string connection, long? killAt, BlobContainerClient container)
    {
        using var process = LocalHostProcess.StartCommand(Environment(connection), "backup", "container");
        var peak = 0L;
        var wasKilled = false;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process));
            if (killAt is { } length && await LengthAsync(container) >= length)
            {
                process.Kill();
                wasKilled = true;
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await process.WaitForExitAsync();
        Assert.Equal(killAt is not null, wasKilled);
        Assert.True(wasKilled || process.ExitCode == 0, await process.StandardError.ReadToEndAsync());
        return peak;
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64 / (1024 * 1024);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static async Task<long> LengthAsync(BlobContainerClient container)
    {
        await foreach (var blob in container.GetBlobsAsync())
        {
            if (blob.Name.EndsWith("/paysgpayments.jsonl.gz", StringComparison.Ordinal))
                return blob.Properties.ContentLength ?? 0;
        }

        return 0;
    }

    private static async Task FillAsync(string connection, int from, int to)
    {
        foreach (var some in Enumerable.Range(from, to - from).Chunk(100))
        {
            await StoredRows.PutAsync(connection, "paysgpayments", some.Select(number => new TableEntity(
                (some[0] / (Rows / Partitions)).ToString("00", CultureInfo.InvariantCulture), $"p:{number:000000}") { ["doc"] = Document(number), ["number"] = number }));
        }
    }

    /// <summary>As long as a payment's, and not easily compressed.</summary>
    private static byte[] Document(int number) => [.. Enumerable.Range(0, 24).SelectMany(part => System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{number}/{part}")))];

    private static async Task<(int Rows, string Hash)> HashAsync(string connection, string table)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var rows = 0;
        await foreach (var row in new TableServiceClient(connection).GetTableClient(table).QueryAsync<TableEntity>(filter: (string?)null))
        {
            hash.AppendData(RowJson.Write(row));
            rows++;
        }

        return (rows, Convert.ToHexString(hash.GetHashAndReset()));
    }
}
