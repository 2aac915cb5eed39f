using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>A request as it arrives at the storage service.</summary>
internal sealed record SimRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsWrite => Method is not "GET";

    public bool IsOfQueues => Uri.Port == StorageModel.QueuePort;

    public string Short => $"{Method} {Uri.UnescapeDataString(Uri.AbsolutePath)}";
}

/// <summary>The service's answer.</summary>
internal sealed record SimReply(int Status, string? ContentType, byte[] Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>A stored entity: each property as it was sent, in JSON, with its <c>@odata.type</c> beside it.</summary>
internal sealed record SimRow(
    string PartitionKey,
    string RowKey,
    IReadOnlyDictionary<string,
    string> Properties,
    string ETag,
    DateTimeOffset InsertedAt,
    DateTimeOffset WrittenAt)
{
    public string? Text(string name) => Properties.TryGetValue(name, out var json) ? JsonSerializer.Deserialize<JsonElement>(json).ToString() : null;

    public long Number(string name) => long.Parse(Text(name)!, CultureInfo.InvariantCulture);

    /// <summary>A document that is cut into columns; null: none.</summary>
    public byte[]? Document(string name)
    {
        if (Text(name + "_length") is not { } length)
            return null;
        var whole = new MemoryStream();
        for (var part = 0; Text(name + part) is { } chunk; part++)
            whole.Write(Convert.FromBase64String(chunk));
        return whole.ToArray()[..int.Parse(length, CultureInfo.InvariantCulture)];
    }

    public JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(Document(name));
}

/// <summary>A message in a queue.</summary>
internal sealed class SimMessage(string queue, string text)
{
    public string Queue { get; } = queue;

    public string Text { get; } = text;

    public int DequeueCount { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>Changes each time the message is taken: whoever holds an older one has lost it.</summary>
    public int PopReceipt { get; set; }
}

/// <summary>
/// Azure's tables and queues, as far as the product uses them: strongly consistent, whole transactions in one partition, ETags, ranges of keys, pages that end
/// where they like.
/// What it does not know it refuses loudly.
/// </summary>
internal sealed partial class StorageModel
{
    public const int TablePort = 10002;
    public const int QueuePort = 10001;
    public const string Connection =
        "DefaultEndpointsProtocol=http;AccountName=sim;AccountKey=c2ltdWxhdGVk;"
        + "TableEndpoint=http://127.0.0.1:10002/sim;QueueEndpoint=http://127.0.0.1:10001/sim;";

    private const string Json = "application/json;odata=minimalmetadata;charset=utf-8";
    private const int LargestPage = 1000;

    private readonly Dictionary<string, SortedDictionary<string, SortedList<string, SimRow>>> tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> queues = new(StringComparer.Ordinal);
    private long versions;

    /// <summary>Told of each row that is written; null instead of the row: it was deleted.</summary>
    public Action<string, string, string, SimRow?> Written { get; set; } = static (_, _, _, _) => { };

    /// <summary>Told of each message that is sent, and when it is to be seen.</summary>
    public Action<SimMessage, TimeSpan> Sent { get; set; } = static (_, _) => { };

    /// <summary>How many rows a page of this many ends with.</summary>
    public Func<int, int> PageEnd { get; set; } = static count => count;

    public DateTimeOffset Now { get; set; }

    /// <summary>Whether a query may go through all partitions, as the product's may not.</summary>
    public bool MayScan { get; set; }

    /// <summary>The same rows, of which each goes its own way from here.</summary>
    public StorageModel Copy()
    {
        var copy = new StorageModel { versions = versions };
        foreach (var (table, partitions) in tables)
        {
            var own = copy.tables[table] = new SortedDictionary<string, SortedList<string, SimRow>>(StringComparer.Ordinal);
            foreach (var (key, rows) in partitions)
                own[key] = new SortedList<string, SimRow>(rows, StringComparer.Ordinal);
        }

        copy.queues.UnionWith(queues);
        return copy;
    }

    public IEnumerable<SimRow> Rows(string table) => tables[table].Values.SelectMany(partition => partition.Values);

    public IEnumerable<SimRow> Rows(string table, string partition) => tables[table].TryGetValue(partition, out var rows) ? rows.Values : [];

    public SimReply Handle(SimRequest request)
    {
        if (request.IsOfQueues)
            return HandleQueue(request);
        var path = Uri.UnescapeDataString(request.Uri.AbsolutePath);
        if (path == "/sim/$batch")
            return HandleBatch(request);
        if (path == "/sim/Tables")
            return HandleTables(request);
        if (EntityPath().Match(path) is { Success: true } entity)
        {
            var (table, partition, row) = (entity.Groups["table"].Value, Unquote(entity.Groups["partition"].Value), Unquote(entity.Groups["row"].Value));
            if (!tables.ContainsKey(table))
                return Error(404, "TableNotFound", "The table specified does not exist.");
            if (request.Method == "GET")
                return Find(table, partition, row) is { } found ? Entity(found, SelectOf(request.Uri)) : Error(
                    404,
                    "ResourceNotFound",
                    "The specified resource does not exist.");
            var staged = new Staging(this, table);
            var part = Apply(staged, request.Method, path, request.Headers, request.Body);
            staged.CommitIf(part.Status < 300);
            return part;
        }

        if (TablePath().Match(path) is { Success: true } whole && request.Method == "GET")
            return tables.ContainsKey(whole.Groups["table"].Value)
                ? Query(whole.Groups["table"].Value, request.Uri) : Error(404, "TableNotFound", "The table specified does not exist.");
        throw new SimulationFailure($"The model of storage does not know {request.Method} {request.Uri}");
    }

    private SimReply HandleTables(SimRequest request)
    {
        if (request.Method == "GET")
            return Answer(200, "{\"value\":[" + string.Join(',', tables.Keys.Select(name => $"{{\"TableName\":\"{name}\"}}")) + "]}");
        var table = JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("TableName").GetString()!;
        return tables.TryAdd(table, new SortedDictionary<string, SortedList<string, SimRow>>(StringComparer.Ordinal))
            ? Answer(201, $"{{\"TableName\":\"{table}\"}}")
            : Error(409, "TableAlreadyExists", "The table specified already exists.");
    }

    private SimReply HandleQueue(SimRequest request)
    {
        var path = Uri.UnescapeDataString(request.Uri.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (request.Method == "PUT" && path.Length == 2)
            return new SimReply(queues.Add(path[1]) ? 201 : 204, null, []);
        if (request.Method != "POST" || path.Length != 3 || path[2] != "messages")
            throw new SimulationFailure($"The model of queues does not know {request.Method} {request.Uri}");
        if (!queues.Contains(path[1]))
            return new SimReply(404, "application/xml", "<Error><Code>QueueNotFound</Code></Error>"u8.ToArray())
            {
                Headers = [new("x-ms-error-code", "QueueNotFound")],
            };
        var body = Encoding.UTF8.GetString(request.Body);
        var text = body[(body.IndexOf("<MessageText>", StringComparison.Ordinal) + 13)..body.IndexOf("</MessageText>", StringComparison.Ordinal)];
        var delay = Parameter(request.Uri, "visibilitytimeout") is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 0;
        Sent(new SimMessage(path[1], Encoding.UTF8.GetString(Convert.FromBase64String(text))), TimeSpan.FromSeconds(delay));
        var time = Now.ToString("R", CultureInfo.InvariantCulture);
        return new SimReply(201, "application/xml", Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList><QueueMessage><MessageId>{++versions}</MessageId>"
            + $"<InsertionTime>{time}</InsertionTime>"
            + $"<ExpirationTime>{time}</ExpirationTime><PopReceipt>p</PopReceipt>"
            + $"<TimeNextVisible>{time}</TimeNextVisible></QueueMessage></QueueMessagesList>"));
    }

    /// <summary>An entity group transaction: all of its changes or none.</summary>
    private SimReply HandleBatch(SimRequest request)
    {
        var parts = ReadParts(Encoding.UTF8.GetString(request.Body));
        if (parts.Count is 0 or > 100)
            throw new SimulationFailure($"A transaction of {parts.Count} changes.");
        var table = TableOf(parts[0].Path);
        if (!tables.ContainsKey(table))
            return BatchAnswer([Error(404, "TableNotFound", "0:The table specified does not exist.")]);
        var staged = new Staging(this, table);
        var answers = new List<SimReply>();
        for (var index = 0; index < parts.Count; index++)
        {
            var (method, path, headers, body) = parts[index];
            if (TableOf(path) != table)
                throw new SimulationFailure("A transaction over two tables.");
            var answer = Apply(staged, method, path, headers, body, index);
            if (answer.Status >= 300)
                return BatchAnswer([answer]);
            answers.Add(answer);
        }

        staged.CommitIf(true);
        return BatchAnswer(answers);
    }

    private SimReply Apply(Staging staged, string method, string path, IReadOnlyDictionary<string, string> headers, byte[] body, int? index = null)
    {
        SimReply Refuse(int status, string code, string message) => Error(status, code, index is null ? message : $"{index}:{message}");
        var properties = body.Length == 0 ? [] : ReadEntity(body);
        string partition, row;
        if (EntityPath().Match(path) is { Success: true } entity)
            (partition, row) = (Unquote(entity.Groups["partition"].Value), Unquote(entity.Groups["row"].Value));
        else
            (partition, row) = (JsonSerializer.Deserialize<string>(properties["PartitionKey"])!, JsonSerializer.Deserialize<string>(properties["RowKey"])!);
        if (!staged.Takes(partition, row))
            return Refuse(400, "InvalidDuplicateRow", "The batch request contains multiple changes with same row key, or of two partitions.");
        properties.Remove("PartitionKey");
        properties.Remove("RowKey");
        properties.Remove("Timestamp");
        var existing = Find(staged.Table, partition, row);
        headers.TryGetValue("If-Match", out var match);
        switch (method)
        {
            case "POST":
                if (existing is not null)
                    return Refuse(409, "EntityAlreadyExists", "The specified entity already exists.");
                break;
            case "PUT" or "PATCH" or "MERGE" or "DELETE" when match is not null || method == "DELETE":
                if (existing is null)
                    return Refuse(404, "ResourceNotFound", "The specified resource does not exist.");
                if (match is not (null or "*") && match != existing.ETag)
                    return Refuse(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
                break;
            case "PUT" or "PATCH" or "MERGE":
                break;
            default:
                throw new SimulationFailure($"The model of tables does not know {method} {path}");
        }

        if (method == "DELETE")
        {
            staged.Delete(partition, row);
            return new SimReply(204, null, []);
        }

        if (method is "PATCH" or "MERGE" && existing is not null)
        {
            var merged = new Dictionary<string, string>(existing.Properties, StringComparer.Ordinal);
            foreach (var (name, value) in properties)
            {
                merged.Remove(name + "@odata.type");
                merged[name] = value;
            }

            foreach (var (name, value) in properties.Where(each => each.Key.EndsWith("@odata.type", StringComparison.Ordinal)))
                merged[name] = value;
            properties = merged;
        }

        var etag = $"W/\"datetime'v{++versions}'\"";
        staged.Put(new SimRow(partition, row, properties, etag, existing?.InsertedAt ?? Now, Now));
        return new SimReply(204, null, []) { Headers = [new("ETag", etag)] };
    }

    private SimReply Query(string table, Uri uri)
    {
        string? partition = null;
        string? from = null, to = null;
        var (isFromOpen, isToClosed) = (false, false);
        foreach (var clause in (Parameter(uri, "$filter") ?? "").Split(" and ", StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Comparison().Match(clause.Trim());
            if (!match.Success)
                throw new SimulationFailure($"The model of tables does not know the filter {clause}");
            var value = Unquote(match.Groups["value"].Value);
            switch (match.Groups["name"].Value, match.Groups["is"].Value)
            {
                case ("PartitionKey", "eq"):
                    partition = value;
                    break;
                case ("RowKey", "eq"):
                    (from, to, isToClosed) = (value, value, true);
                    break;
                case ("RowKey", "ge" or "gt"):
                    (from, isFromOpen) = (value, match.Groups["is"].Value == "gt");
                    break;
                case ("RowKey", "lt" or "le"):
                    (to, isToClosed) = (value, match.Groups["is"].Value == "le");
                    break;
                default:
                    throw new SimulationFailure($"The model of tables does not know the filter {clause}");
            }
        }

        if (partition is null && !MayScan)
            throw new SimulationFailure($"A query without a partition, for which Azure scans the table: {uri}");
        var next = Parameter(uri, "NextRowKey");
        var nextPartition = Parameter(uri, "NextPartitionKey");
        var top = Parameter(uri, "$top") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : LargestPage;
        bool IsWithin(SimRow row) =>
            (from is null || (isFromOpen ? string.CompareOrdinal(row.RowKey, from) > 0 : string.CompareOrdinal(row.RowKey, from) >= 0))
            && (next is null || row.PartitionKey != nextPartition || string.CompareOrdinal(row.RowKey, next) >= 0);
        bool IsPast(SimRow row) => to is not null && (isToClosed ? string.CompareOrdinal(row.RowKey, to) > 0 : string.CompareOrdinal(row.RowKey, to) >= 0);
        var asked = partition is null
            ? Rows(table).SkipWhile(row => nextPartition is not null && string.CompareOrdinal(row.PartitionKey, nextPartition) < 0).Where(row => !IsPast(row))
            : RowsFrom(table, partition, next ?? from).TakeWhile(row => !IsPast(row));
        var rows = asked.Where(IsWithin).Take(top + 1).ToList();
        var page = Math.Min(PageEnd(Math.Min(top, rows.Count)), Math.Min(top, rows.Count));
        var select = SelectOf(uri);
        var body = "{\"value\":[" + string.Join(',', rows.Take(page).Select(row => Print(row, select))) + "]}";
        return page == rows.Count ? Answer(200, body) : Answer(200, body) with
        {
            Headers = [new("x-ms-continuation-NextPartitionKey", rows[page].PartitionKey), new("x-ms-continuation-NextRowKey", rows[page].RowKey)],
        };
    }

    /// <summary>The rows of a partition from a key on, without going through those before it.</summary>
    private IEnumerable<SimRow> RowsFrom(string table, string partition, string? first)
    {
        if (!tables[table].TryGetValue(partition, out var rows))
            yield break;
        var (begin, end) = (0, first is null ? 0 : rows.Count);
        while (begin < end)
        {
            var middle = (begin + end) / 2;
            (begin, end) = string.CompareOrdinal(rows.Keys[middle], first) < 0 ? (middle + 1, end) : (begin, middle);
        }

        for (; begin < rows.Count; begin++)
            yield return rows.Values[begin];
    }

    private SimRow? Find(string table, string partition, string row) =>
        tables[table].TryGetValue(partition, out var rows) && rows.TryGetValue(row, out var found) ? found : null;

    private static SimReply Entity(SimRow row, HashSet<string>? select) =>
        Answer(200, Print(row, select)) with { Headers = [new("ETag", row.ETag)] };

    private static string Print(SimRow row, HashSet<string>? select)
    {
        var text = new StringBuilder("{\"odata.etag\":").Append(JsonSerializer.Serialize(row.ETag));
        void Add(string name, string json) => text.Append(',').Append(JsonSerializer.Serialize(name)).Append(':').Append(json);
        if (select is null || select.Contains("PartitionKey"))
            Add("PartitionKey", JsonSerializer.Serialize(row.PartitionKey));
        if (select is null || select.Contains("RowKey"))
            Add("RowKey", JsonSerializer.Serialize(row.RowKey));
        if (select is null || select.Contains("Timestamp"))
        {
            Add("Timestamp@odata.type", "\"Edm.DateTime\"");
            Add("Timestamp", JsonSerializer.Serialize(row.WrittenAt.UtcDateTime));
        }

        foreach (var (name, json) in row.Properties)
        {
            var at = name.IndexOf('@', StringComparison.Ordinal);
            if (select is null || select.Contains(at < 0 ? name : name[..at]))
                Add(name, json);
        }

        return text.Append('}').ToString();
    }

    private static Dictionary<string, string> ReadEntity(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(property => property.Name, property => property.Value.GetRawText(), StringComparer.Ordinal);
    }

    private static List<(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)> ReadParts(string batch)
    {
        var parts = new List<(string, string, IReadOnlyDictionary<string, string>, byte[])>();
        foreach (var part in batch.Split("--changeset_").Skip(1))
        {
            var begin = RequestLine().Match(part);
            if (!begin.Success)
                continue;
            var rest = part[(begin.Index + begin.Length)..];
            var end = rest.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in rest[..(end < 0 ? rest.Length : end)].Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            var body = end < 0 ? "" : rest[(end + 4)..].Trim();
            parts.Add(
                (begin.Groups["method"].Value, Uri.UnescapeDataString(new Uri(begin.Groups["url"].Value).AbsolutePath), headers, Encoding.UTF8.GetBytes(body)));
        }

        return parts;
    }

    private static SimReply BatchAnswer(IReadOnlyList<SimReply> answers)
    {
        var text = new StringBuilder("--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n");
        foreach (var answer in answers)
        {
            text.Append("--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} X\r\n");
            foreach (var (name, value) in answer.Headers)
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            if (answer.ContentType is not null)
                text.Append(CultureInfo.InvariantCulture, $"Content-Type: {answer.ContentType}\r\n");
            text.Append("\r\n").Append(Encoding.UTF8.GetString(answer.Body)).Append("\r\n");
        }

        text.Append("--changesetresponse_1--\r\n--batchresponse_1--\r\n");
        return new SimReply(202, "multipart/mixed; boundary=batchresponse_1", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static SimReply Answer(int status, string json) => new(status, Json, Encoding.UTF8.GetBytes(json));

    public static SimReply Error(int status, string code, string message) => Answer(
        status, $"{{\"odata.error\":{{\"code\":\"{code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"{message}\"}}}}}}") with
        { Headers = [new("x-ms-error-code", code)] };

    /// <summary>An error as each service prints it: tables in JSON, queues in XML.</summary>
    public static SimReply ErrorTo(SimRequest request, int status, string code, string message) => request.IsOfQueues
        ? new SimReply(
            status,
            "application/xml",
            Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"))
            { Headers = [new("x-ms-error-code", code)] }
        : Error(status, code, message);

    private static string TableOf(string path) => TablePath().Match(path) is { Success: true } table
        ? table.Groups["table"].Value
        : EntityPath().Match(path) is { Success: true } entity ? entity.Groups["table"].Value : throw new SimulationFailure($"Which table is {path}?");

    private static string Unquote(string text) => text.Replace("''", "'", StringComparison.Ordinal);

    private static HashSet<string>? SelectOf(Uri uri) => Parameter(uri, "$select") is { } names ? new(names.Split(','), StringComparer.Ordinal) : null;

    public static string? Parameter(Uri uri, string name)
    {
        foreach (var pair in uri.Query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Uri.UnescapeDataString(pair[..equals]) == name)
                return Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
        }

        return null;
    }

    [GeneratedRegex(
        @"^/sim/(?<table>\w+)\(PartitionKey='(?<partition>([^']|'')*)',RowKey='(?<row>([^']|'')*)'\)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex EntityPath();

    [GeneratedRegex(@"^/sim/(?<table>\w+)(\(\))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex TablePath();

    [GeneratedRegex(
        @"^\(*(?<name>PartitionKey|RowKey) (?<is>eq|ge|gt|le|lt) '(?<value>([^']|'')*)'\)*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Comparison();

    [GeneratedRegex(
        @"(?<method>GET|POST|PUT|PATCH|MERGE|DELETE) (?<url>\S+) HTTP/1\.1\r\n",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RequestLine();

    /// <summary>Changes that are not made yet.</summary>
    private sealed class Staging(StorageModel model, string table)
    {
        private readonly List<(string Partition, string Row, SimRow? Put)> changes = [];
        private readonly HashSet<string> touched = new(StringComparer.Ordinal);
        private string? partition;

        public string Table { get; } = table;

        public bool Takes(string partitionKey, string rowKey) => (partition ??= partitionKey) == partitionKey && touched.Add(rowKey);

        public void Put(SimRow row) => changes.Add((row.PartitionKey, row.RowKey, row));

        public void Delete(string partitionKey, string rowKey) => changes.Add((partitionKey, rowKey, null));

        public void CommitIf(bool isGood)
        {
            foreach (var (partitionKey, rowKey, row) in isGood ? changes : [])
            {
                var partitions = model.tables[Table];
                if (!partitions.TryGetValue(partitionKey, out var rows))
                    rows = partitions[partitionKey] = new SortedList<string, SimRow>(StringComparer.Ordinal);
                if (row is null)
                    rows.Remove(rowKey);
                else
                    rows[rowKey] = row;
                if (rows.Count == 0)
                    partitions.Remove(partitionKey);
                model.Written(Table, partitionKey, rowKey, row);
            }
        }
    }
}
