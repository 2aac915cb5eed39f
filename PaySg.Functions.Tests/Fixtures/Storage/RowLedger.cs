using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// What a test has written, row by row, by Azure's own limits and its way of counting: the emulator measures requests, so a row that grows by merges passes there and
/// is refused in Azure. One ledger for an account, whoever writes.
/// </summary>
public sealed partial class RowLedger
{
    /// <summary>What a row may hold, in bytes.</summary>
    public const int LargestRow = 1024 * 1024;

    /// <summary>What a column may hold, in bytes: 65,536 of a binary, 32,768 UTF-16 units of a text.</summary>
    public const int LargestColumn = 64 * 1024;

    /// <summary>How many columns a row may have besides its keys and its time.</summary>
    public const int MostColumns = 252;

    /// <summary>What a transaction may hold, in bytes.</summary>
    public const int LargestTransaction = 4 * 1024 * 1024;

    private const int LargestKey = 1024;
    private static readonly ConcurrentDictionary<string, WeakReference<RowLedger>> Ledgers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> rows = new(StringComparer.Ordinal);
    private readonly List<string> violations = [];
    private readonly Lock gate = new();

    /// <summary>The ledger of an account.</summary>
    public static RowLedger Of(string connection)
    {
        var account = AccountName().Match(connection).Groups["name"].Value;
        while (true)
        {
            var held = Ledgers.GetOrAdd(account, static _ => new WeakReference<RowLedger>(new RowLedger()));
            if (held.TryGetTarget(out var ledger))
                return ledger;
            Ledgers.TryRemove(new KeyValuePair<string, WeakReference<RowLedger>>(account, held));
        }
    }

    /// <summary>What Azure would have refused, or would have stored as something else.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (gate)
                return [.. violations];
        }
    }

    /// <summary>The largest row now, in bytes.</summary>
    public int Largest
    {
        get
        {
            lock (gate)
                return rows.Count == 0 ? 0 : rows.Max(row => SizeOf(row.Key, row.Value));
        }
    }

    /// <summary>How many rows of the table there are.</summary>
    public int Count(string table)
    {
        lock (gate)
            return rows.Keys.Count(key => key.StartsWith(table + '\n', StringComparison.Ordinal));
    }

    /// <summary>Takes down a request that storage has committed.</summary>
    public void Commit(StorageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (gate)
        {
            if (!request.IsTransaction)
            {
                Write(request.Method, request.Url.AbsolutePath, request.Body);
                return;
            }

            if (request.Body.Length > LargestTransaction)
                violations.Add($"A transaction of {request.Body.Length} bytes.");
            var actions = Action().Matches(request.Body);
            if (actions.Count > 100)
                violations.Add($"A transaction of {actions.Count} rows.");
            var partitions = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < actions.Count; i++)
            {
                var end = i + 1 < actions.Count ? actions[i + 1].Index : request.Body.Length;
                var part = request.Body[actions[i].Index..end];
                var json = part.IndexOf("\n{", StringComparison.Ordinal);
                var body = json < 0 ? "" : part[(json + 1)..].Split('\n', 2)[0];
                if (Write(actions[i].Groups["method"].Value, new Uri(actions[i].Groups["url"].Value).AbsolutePath, body) is { } partition)
                    partitions.Add(partition);
            }

            if (partitions.Count > 1)
                violations.Add($"A transaction of {partitions.Count} partitions: {string.Join(", ", partitions)}.");
        }
    }

    private string? Write(string method, string path, string body)
    {
        var place = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        var table = place.Split('(')[0];
        var keys = Keys().Match(place);
        if (table == "Tables" || (!keys.Success && body.Length == 0))
            return null; // A table or a queue, not a row.
        if (method == "DELETE")
        {
            rows.Remove(KeyOf(table, keys.Groups["partition"].Value, keys.Groups["row"].Value));
            return keys.Groups["partition"].Value;
        }

        using var json = JsonDocument.Parse(body);
        var (partition, row) = (json.RootElement.GetProperty("PartitionKey").GetString()!, json.RootElement.GetProperty("RowKey").GetString()!);
        var key = KeyOf(table, partition, row);
        if (method is not ("PATCH" or "MERGE") || !rows.TryGetValue(key, out var columns))
            rows[key] = columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in json.RootElement.EnumerateObject())
        {
            if (column.Value.ValueKind != JsonValueKind.Null && column.Name is not ("PartitionKey" or "RowKey" or "Timestamp") && !column.Name.Contains('@', StringComparison.Ordinal) && !column.Name.StartsWith("odata.", StringComparison.Ordinal))
                columns[column.Name] = SizeOf(table, column, json.RootElement.TryGetProperty(column.Name + "@odata.type", out var type) ? type.GetString() : null);
        }

        var size = SizeOf(key, columns);
        if (size > LargestRow)
            violations.Add($"{table}: a row of {size} bytes.");
        if (columns.Count > MostColumns)
            violations.Add($"{table}: a row of {columns.Count} columns.");
        if (Math.Max(partition.Length, row.Length) * 2 > LargestKey)
            violations.Add($"{table}: a key of {Math.Max(partition.Length, row.Length)} characters.");
        return partition;
    }

    private int SizeOf(string table, JsonProperty column, string? type)
    {
        var size = (type, column.Value.ValueKind) switch
        {
            ("Edm.Binary", _) => column.Value.GetBytesFromBase64().Length,
            ("Edm.Int64" or "Edm.DateTime", _) => 8,
            (null, JsonValueKind.String) => column.Value.GetString()!.Length * 2,
            (null, JsonValueKind.Number) when column.Value.TryGetInt32(out _) => 4,
            (null, JsonValueKind.True or JsonValueKind.False) => 1,
            _ => -1,
        };
        if (size < 0)
            violations.Add($"{table}: column {column.Name} holds {column.Value.GetRawText()} as {type ?? "a number"}, which no row does.");
        if (size > LargestColumn)
            violations.Add($"{table}: column {column.Name} of {size} bytes.");
        return size + (type is "Edm.Binary" || (type is null && column.Value.ValueKind == JsonValueKind.String) ? 4 : 0);
    }

    /// <summary>Azure's formula: 4 + keys, and for each column 8, its name and its value; text is UTF-16.</summary>
    private static int SizeOf(string key, Dictionary<string, int> columns) =>
        4 + ((key.Length - key.IndexOf('\n', StringComparison.Ordinal) - 2) * 2) + columns.Sum(column => 8 + (column.Key.Length * 2) + column.Value);

    private static string KeyOf(string table, string partition, string row) => $"{table}\n{partition}\n{row}";

    [GeneratedRegex("AccountName=(?<name>[^;]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AccountName();

    [GeneratedRegex(@"^(?<method>POST|PUT|PATCH|MERGE|DELETE) (?<url>\S+) HTTP/1\.1", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Action();

    [GeneratedRegex(@"\(PartitionKey='(?<partition>[^']*)',RowKey='(?<row>[^']*)'\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();
}
