using System.IO.Compression;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Backup;

/// <summary>
/// Puts back rows of a backup: those that are missing, and, where it is asked for and confirmed, those that differ. Backup and table are read side by side, both in
/// the order of their keys, so memory does not grow with them. Rows that came since the backup stay.
/// </summary>
internal sealed class RestoreTables(PaySgTables tables, StorageConnection connection, string prefix, TimeProvider clock, TextWriter output)
{
    // A transaction holds 100 rows of one partition and 4 MiB; base64 and names need room.
    private const int RowsAtOnce = 100;
    private const int BytesAtOnce = 2 * 1024 * 1024;

    /// <summary>A store in which a row was written lately is in use.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(5);

    /// <summary>Restores, or says what a restore would do. It may be run again.</summary>
    /// <exception cref="LocalHostException">There is no whole backup, the store is in use, or the new tables are not empty. Nothing was changed.</exception>
    public async Task RunAsync(IBackupSource source, RestoreChoice choice, CancellationToken stop)
    {
        var there = await source.CheckAsync([.. tables.All.Select(table => table.Name)], stop);
        var targets = new List<(string Name, TableClient Table)>();
        foreach (var table in tables.All.Where(table => there.Contains(table.Name, StringComparer.Ordinal)))
            targets.Add((table.Name, choice.Into is null ? table : connection.Table(choice.Into + table.Name[prefix.Length..])));

        var endpoints = await EndpointsOfAsync(source, targets.Select(target => target.Name), choice.Owner, stop);
        if (choice.Into is not null)
            await CheckIsNewAsync(targets, stop);

        var onlyReports = choice.ReportsOnly || (choice.Overwrites && !choice.IsConfirmed);
        if (choice.Overwrites || onlyReports)
            await ReportAsync(source, targets, choice, endpoints, stop);
        if (onlyReports)
        {
            await output.WriteLineAsync(choice.Overwrites && !choice.ReportsOnly ? "Nothing was changed. To do it, stop the app and run the same with --yes." : "Nothing was changed.");
            return;
        }

        foreach (var (name, table) in targets)
        {
            await table.CreateIfNotExistsAsync(stop);
            var difference = await CompareAsync(source, name, table, choice, endpoints, writes: true, stop);
            await output.WriteLineAsync($"{table.Name}: {difference.Missing} of {difference.Read} rows were missing and are restored{(choice.Overwrites ? $", {difference.Differing} differed and are overwritten" : "")}");
        }
    }

    private async Task ReportAsync(IBackupSource source, List<(string Name, TableClient Table)> targets, RestoreChoice choice, HashSet<string> endpoints, CancellationToken stop)
    {
        DateTimeOffset? lastWrite = null;
        foreach (var (name, table) in targets)
        {
            var difference = await CompareAsync(source, name, table, choice, endpoints, writes: false, stop);
            await output.WriteLineAsync($"{table.Name}: of {difference.Read} rows {difference.Missing} are missing and {difference.Differing} differ");
            if (!(lastWrite > difference.LastWrite))
                lastWrite = difference.LastWrite ?? lastWrite;
        }

        if (choice is { Overwrites: true, IsConfirmed: true } && clock.GetUtcNow() - lastWrite < InUse)
        {
            throw new LocalHostException(
                $"The store is in use: a row was written at {lastWrite:HH:mm:ss} UTC. Nothing was changed. Stop the app, wait {InUse.TotalMinutes:0} minutes, and run it again: what it writes meanwhile would be lost.");
        }
    }

    private static async Task CheckIsNewAsync(List<(string Name, TableClient Table)> targets, CancellationToken stop)
    {
        foreach (var (_, table) in targets)
        {
            await table.CreateIfNotExistsAsync(stop);
            await foreach (var row in table.QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: stop))
                throw new LocalHostException($"Table {table.Name} is not empty: it has the partition {row.PartitionKey}. Choose a prefix of new tables. Nothing was restored.");
        }
    }

    /// <summary>The webhook endpoints of one owner: its deliveries are in their partitions.</summary>
    private static async Task<HashSet<string>> EndpointsOfAsync(IBackupSource source, IEnumerable<string> names, string? owner, CancellationToken stop)
    {
        var endpoints = new HashSet<string>(StringComparer.Ordinal);
        if (owner is null || names.FirstOrDefault(name => name.EndsWith("webhooks", StringComparison.Ordinal)) is not { } webhooks)
            return endpoints;

        await foreach (var row in RowsAsync(source, webhooks, stop))
        {
            if (row.PartitionKey == owner && row.GetString("id") is { } id)
                endpoints.Add(id);
        }

        return endpoints;
    }

    /// <summary>Whether a row is an owner's: by its keys, by a column that names the owner, or by the endpoint that it is addressed to.</summary>
    private static bool IsOf(TableEntity row, string owner, HashSet<string> endpoints) =>
        row.PartitionKey == owner || row.RowKey.Contains(owner, StringComparison.Ordinal) || endpoints.Contains(row.PartitionKey) || row.Any(column => column.Value is string text && text == owner);

    private static async Task<TableDifference> CompareAsync(
        IBackupSource source, string name, TableClient table, RestoreChoice choice, HashSet<string> endpoints, bool writes, CancellationToken stop)
    {
        var difference = new TableDifference();
        var batch = new RestoreBatch(table, RowsAtOnce, BytesAtOnce);
        await using var there = ThereAsync(table, stop).GetAsyncEnumerator(stop);
        var hasMore = await NextAsync(there, difference);
        await foreach (var row in RowsAsync(source, name, stop))
        {
            while (hasMore && Compare(there.Current, row) < 0)
                hasMore = await NextAsync(there, difference);

            if (choice.Owner is { } owner && !IsOf(row, owner, endpoints))
                continue;

            difference.Read++;
            var isThere = hasMore && Compare(there.Current, row) == 0;
            var isSame = isThere && RowJson.Write(there.Current).AsSpan().SequenceEqual(RowJson.Write(row));
            if (!isThere)
                difference.Missing++;
            else if (!isSame)
                difference.Differing++;
            if (writes && (!isThere || (!isSame && choice.Overwrites)))
                difference.Missing -= await batch.AddAsync(row, isThere, stop);
        }

        while (hasMore)
            hasMore = await NextAsync(there, difference);
        difference.Missing -= await batch.WriteAsync(stop);
        return difference;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<TableEntity> there, TableDifference difference)
    {
        if (!await there.MoveNextAsync())
            return false;
        if (!(difference.LastWrite > there.Current.Timestamp))
            difference.LastWrite = there.Current.Timestamp;
        return true;
    }

    private static int Compare(TableEntity one, TableEntity other) =>
        string.CompareOrdinal(one.PartitionKey, other.PartitionKey) is not 0 and var order ? order : string.CompareOrdinal(one.RowKey, other.RowKey);

    private static async IAsyncEnumerable<TableEntity> ThereAsync(TableClient table, [EnumeratorCancellation] CancellationToken stop)
    {
        await table.CreateIfNotExistsAsync(stop);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: stop))
            yield return row;
    }

    private static async IAsyncEnumerable<TableEntity> RowsAsync(IBackupSource source, string name, [EnumeratorCancellation] CancellationToken stop)
    {
        using var lines = new StreamReader(new GZipStream(await source.OpenAsync(name, stop), CompressionMode.Decompress));
        for (var number = 1L; await lines.ReadLineAsync(stop) is { } line; number++)
            yield return RowJson.Read(line, $"{source.Name}/{name}.jsonl.gz", number);
    }
}
