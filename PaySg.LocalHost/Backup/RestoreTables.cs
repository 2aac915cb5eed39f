using System.IO.Compression;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PaySg.Functions.Management.Redaction;
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
    /// <exception cref="LocalHostException">
    /// There is no whole backup of this store, a row of it is damaged, the store is in use, or the new tables are not empty. Nothing was changed.
    /// </exception>
    public async Task RunAsync(IBackupSource source, RestoreChoice choice, CancellationToken stop)
    {
        var content = await source.CheckAsync([.. tables.All.Select(table => table.Name)], stop);
        CheckAccount(source, content, choice);
        await CheckRowsAsync(source, content.Tables, stop);
        var targets = new List<(string Name, TableClient Table)>();
        foreach (var table in tables.All.Where(table => content.Tables.Contains(table.Name, StringComparer.Ordinal)))
            targets.Add((table.Name, choice.Into is null ? table : connection.Table(choice.Into + table.Name[prefix.Length..])));

        var partitions = await PartitionsOfAsync(source, content.Tables, choice.Owner, stop);
        if (choice.Into is not null)
            await CheckIsNewAsync(targets, stop);

        var onlyReports = choice.ReportsOnly || (choice.Overwrites && !choice.IsConfirmed);
        if (choice.Overwrites || onlyReports)
            await ReportAsync(source, targets, choice, partitions, stop);
        if (onlyReports)
        {
            await output.WriteLineAsync(choice.Overwrites && !choice.ReportsOnly ? "Nothing was changed. To do it, stop the app and run the same with --yes." : "Nothing was changed.");
            return;
        }

        if (choice is { Into: null, Overwrites: false, IsConfirmed: false })
            await CheckIsQuietAsync(targets, stop);
        await RestoreAsync(source, targets, choice, partitions, stop);
    }

    private async Task RestoreAsync(IBackupSource source, List<(string Name, TableClient Table)> targets, RestoreChoice choice, HashSet<string> partitions, CancellationToken stop)
    {
        var redacted = new List<string>();
        foreach (var (name, table) in targets)
        {
            await table.CreateIfNotExistsAsync(stop);
            var difference = await CompareAsync(source, name, table, choice, partitions, writes: true, stop);
            redacted.AddRange(difference.RedactedSince);
            await output.WriteLineAsync($"{table.Name}: {difference.Missing} of {difference.Read} rows were missing and are restored{(choice.Overwrites ? $", {difference.Differing} differed and are overwritten" : "")}");
        }

        foreach (var payer in redacted)
            await output.WriteLineAsync($"Redact again: {payer}. Its payer's data was taken away after the backup was made, and the backup may have brought it back.");
    }

    private void CheckAccount(IBackupSource source, BackupContent content, RestoreChoice choice)
    {
        var here = tables.Access.AccountName;
        if (content.Account is { } account && account != here && account != choice.FromAccount)
            throw new LocalHostException($"{source.Name} is the backup of the storage account {account}, and this is {here}: the backup of another installation. Nothing was restored. If you mean it, say --from-account {account}.");
    }

    /// <summary>Reads each line once before any row is written: what is foreign or damaged may look whole from outside.</summary>
    private static async Task CheckRowsAsync(IBackupSource source, IReadOnlyList<string> names, CancellationToken stop)
    {
        foreach (var name in names)
        {
            TableEntity? before = null;
            var number = 0L;
            try
            {
                await foreach (var row in RowsAsync(source, name, stop))
                {
                    number++;
                    if (before is not null && Compare(before, row) >= 0)
                        throw new InvalidDataException($"{source.Name}/{name}.jsonl.gz, line {number}: its row does not come after the one above it.");
                    before = row;
                }
            }
            catch (InvalidDataException fault)
            {
                throw new LocalHostException($"{fault.Message} The backup is damaged, or none of this product. Nothing was restored.", fault);
            }
        }
    }

    /// <summary>What is put back may be what the app has just deleted: whoever restores while it works must say so.</summary>
    private async Task CheckIsQuietAsync(List<(string Name, TableClient Table)> targets, CancellationToken stop)
    {
        var lately = TableClient.CreateQueryFilter($"Timestamp gt {clock.GetUtcNow() - InUse}");
        foreach (var (_, table) in targets)
        {
            await foreach (var row in ExistingAsync(table, lately, stop))
            {
                throw new LocalHostException(
                    $"The store is in use: a row of {table.Name} was written at {row.Timestamp:HH:mm:ss} UTC. Nothing was changed. Stop the app, wait {InUse.TotalMinutes:0} minutes, and run it again; or say --yes to put back what is missing while the app works.");
            }
        }
    }

    private async Task ReportAsync(IBackupSource source, List<(string Name, TableClient Table)> targets, RestoreChoice choice, HashSet<string> partitions, CancellationToken stop)
    {
        DateTimeOffset? lastWrite = null;
        foreach (var (name, table) in targets)
        {
            var difference = await CompareAsync(source, name, table, choice, partitions, writes: false, stop);
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
            await foreach (var row in ExistingAsync(table, filter: null, stop))
                throw new LocalHostException($"Table {table.Name} is not empty: it has the partition {row.PartitionKey}. Choose a prefix of new tables. Nothing was restored.");
        }
    }

    /// <summary>The partitions of one owner that do not have its id: those of its webhook endpoints, and of its charges in the memory of the sandbox.</summary>
    private async Task<HashSet<string>> PartitionsOfAsync(IBackupSource source, IEnumerable<string> names, string? owner, CancellationToken stop)
    {
        var partitions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Where(name => owner is not null && name[prefix.Length..] is "webhooks" or "sandbox"))
        {
            await foreach (var row in RowsAsync(source, name, stop))
            {
                if (row.PartitionKey == owner && row.GetString("id") is { } id)
                    partitions.Add(id);
                else if (name[prefix.Length..] == "sandbox" && row.Any(column => column.Value is string text && text == owner))
                    partitions.Add(row.PartitionKey);
            }
        }

        return partitions;
    }

    /// <summary>Whether a row is an owner's: by its keys, by a column that names the owner, or by a partition of the owner's that it is in or leads to.</summary>
    private static bool IsOf(TableEntity row, string owner, HashSet<string> partitions) =>
        row.PartitionKey == owner || row.RowKey.Contains(owner, StringComparison.Ordinal) || partitions.Contains(row.PartitionKey)
        || row.Any(column => column.Value is string text && (text == owner || (column.Key is not ("PartitionKey" or "RowKey") && partitions.Contains(text))));

    private async Task<TableDifference> CompareAsync(
        IBackupSource source, string name, TableClient table, RestoreChoice choice, HashSet<string> partitions, bool writes, CancellationToken stop)
    {
        var difference = new TableDifference();
        var batch = new RestoreBatch(table, RowsAtOnce, BytesAtOnce);
        await using var there = ExistingAsync(table, filter: null, stop).GetAsyncEnumerator(stop);
        var hasMore = await NextAsync(there, difference);
        await foreach (var row in RowsAsync(source, name, stop))
        {
            while (hasMore && Compare(there.Current, row) < 0)
            {
                NoteRedaction(name, there.Current, choice, difference);
                hasMore = await NextAsync(there, difference);
            }

            var isThere = hasMore && Compare(there.Current, row) == 0;
            if (choice.Owner is not { } owner || IsOf(row, owner, partitions))
            {
                difference.Read++;
                var isSame = isThere && RowJson.Write(there.Current).AsSpan().SequenceEqual(RowJson.Write(row));
                if (!isThere)
                    difference.Missing++;
                else if (!isSame)
                    difference.Differing++;
                if (writes && (!isThere || (!isSame && choice.Overwrites)))
                    difference.Missing -= await batch.AddAsync(row, isThere, stop);
            }

            if (isThere)
                hasMore = await NextAsync(there, difference);
        }

        while (hasMore)
        {
            NoteRedaction(name, there.Current, choice, difference);
            hasMore = await NextAsync(there, difference);
        }

        difference.Missing -= await batch.WriteAsync(stop);
        return difference;
    }

    /// <summary>What was redacted since the backup: its audit is in the table alone.</summary>
    private void NoteRedaction(string name, TableEntity there, RestoreChoice choice, TableDifference difference)
    {
        if (name[prefix.Length..] is "payments" or "paymentlinks" && RedactionRows.SubjectOf(there.RowKey) is { } subject && (choice.Owner is null || choice.Owner == there.PartitionKey))
            difference.RedactedSince.Add($"{there.PartitionKey} {subject}");
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

    /// <summary>The rows of a table; none where the table is missing, which is not made by looking.</summary>
    private static async IAsyncEnumerable<TableEntity> ExistingAsync(TableClient table, string? filter, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var rows = table.QueryAsync<TableEntity>(filter, cancellationToken: stop).GetAsyncEnumerator(stop);
        while (await MoveAsync(rows))
            yield return rows.Current;
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<TableEntity> RowsAsync(IBackupSource source, string name, [EnumeratorCancellation] CancellationToken stop)
    {
        using var lines = new StreamReader(new GZipStream(await source.OpenAsync(name, stop), CompressionMode.Decompress));
        for (var number = 1L; await lines.ReadLineAsync(stop) is { } line; number++)
            yield return RowJson.Read(line, $"{source.Name}/{name}.jsonl.gz", number);
    }
}
