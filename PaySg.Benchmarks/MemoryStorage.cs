using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PaySg.Benchmarks;

/// <summary>
/// Answers what a storage account would, from memory and at once: transactions, upserts, point reads, ranges of a partition, and messages to queues. It sits behind
/// the clients' whole pipeline, so that what is measured is all of the product's own work and none of a network's.
/// </summary>
internal sealed partial class MemoryStorage : HttpMessageHandler
{
    /// <summary>Opens it, with a key that opens nothing else; the address is never connected to.</summary>
    public static readonly string ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=memory;AccountKey={Convert.ToBase64String(new byte[64])};"
        + "TableEndpoint=http://127.0.0.1:1/memory;QueueEndpoint=http://127.0.0.1:1/memory;BlobEndpoint=http://127.0.0.1:1/memory;";

    private const string Annotation = "@odata.type";

    private const string Stamp = "W/\"datetime'2026-01-15T01%3A30%3A00.0000000Z'\"";

    private static readonly byte[] MessageTaken =
        """
        <?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>0f8fad5b-d9cb-469f-a165-70867728950e</MessageId><InsertionTime>Thu, 15 Jan 2026 01:30:00 GMT</InsertionTime><ExpirationTime>Thu, 22 Jan 2026 01:30:00 GMT</ExpirationTime><PopReceipt>AgAAAAMAAAAAAAAA</PopReceipt><TimeNextVisible>Thu, 15 Jan 2026 01:30:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>
        """u8.ToArray();

    private const string Batch = "multipart/mixed; boundary=batchresponse";
    private const string Json = "application/json;odata=minimalmetadata";
    private const string Xml = "application/xml";

    private readonly ConcurrentDictionary<string, byte[]> rows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, byte[]> transactionAnswers = new();
    private readonly ConcurrentDictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly MemoryStream received = new();
    private SentCall? recorded;

    /// <summary>Whether rows are kept. Not while writes are measured, which would measure the growth of this dictionary.</summary>
    public bool KeepsRows { get; set; } = true;

    /// <summary>Runs a call and tells what it has sent.</summary>
    public async Task<SentCall> RecordAsync(Func<Task> call)
    {
        recorded = new SentCall(new List<Dictionary<string, object>>(), new List<string>());
        await call();
        var sent = recorded;
        recorded = null;
        return sent;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/messages", StringComparison.Ordinal) && recorded is not null)
            Note(await request.Content!.ReadAsStringAsync(cancellationToken));

        if (path.EndsWith("/messages", StringComparison.Ordinal))
            return Answer(HttpStatusCode.Created, MessageTaken, Xml);

        if (path.EndsWith("/$batch", StringComparison.Ordinal))
            return Answer(HttpStatusCode.Accepted, await TransactAsync(request.Content!, cancellationToken), Batch);

        var place = places.GetOrAdd(path, static path => Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]));
        if (place.EndsWith("()", StringComparison.Ordinal))
            return Answer(HttpStatusCode.OK, Query(place[..^1], Uri.UnescapeDataString(request.RequestUri.Query)), Json);

        if (request.Method == HttpMethod.Get)
        {
            return rows.TryGetValue(place, out var row)
                ? Answer(HttpStatusCode.OK, row, Json)
                : Answer(HttpStatusCode.NotFound, """{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"None."}}}"""u8.ToArray(), Json);
        }

        Keep(place, await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var taken = Answer(HttpStatusCode.NoContent, [], Json);
        taken.Headers.TryAddWithoutValidation("ETag", Stamp);
        return taken;
    }

    /// <summary>The rows of a range of one partition.</summary>
    /// <param name="table">The table's name and a bracket, as the rows' places begin.</param>
    /// <param name="query">The request's query: a filter as <c>RowKeys</c> makes it.</param>
    private byte[] Query(string table, string query)
    {
        var range = Range().Match(query);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            value = rows.Where(row => row.Key.StartsWith($"{table}PartitionKey='{range.Groups["partition"].Value}'", StringComparison.Ordinal))
                .Select(row => JsonNode.Parse(row.Value)!)
                .Where(row => string.CompareOrdinal((string?)row["RowKey"], range.Groups["from"].Value) >= 0 && string.CompareOrdinal((string?)row["RowKey"], range.Groups["to"].Value) < 0)
                .ToList(),
        });
    }

    [GeneratedRegex("PartitionKey eq '(?<partition>[^']*)' and RowKey g[et] '(?<from>[^']*)' and RowKey lt '(?<to>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    /// <summary>Takes the rows that a transaction inserts; its answer has a part for each.</summary>
    private async Task<byte[]> TransactAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // One buffer for all: nobody measures two calls at once.
        received.SetLength(0);
        await content.CopyToAsync(received, cancellationToken);
        var body = new ReadOnlyMemory<byte>(received.GetBuffer(), 0, (int)received.Length);
        if (KeepsRows || recorded is not null)
        {
            foreach (var part in Encoding.UTF8.GetString(body.Span).Split("--changeset_"))
            {
                var json = part.IndexOf("\r\n{", StringComparison.Ordinal);
                var post = part.IndexOf("POST ", StringComparison.Ordinal);
                if (json >= 0 && post >= 0)
                {
                    var target = new Uri(part[(post + 5)..part.IndexOf(" HTTP/", StringComparison.Ordinal)]).AbsolutePath;
                    var row = JsonNode.Parse(part[json..])!;
                    Note(row);
                    Keep($"{target[(target.LastIndexOf('/') + 1)..]}(PartitionKey='{row["PartitionKey"]}',RowKey='{row["RowKey"]}')", Encoding.UTF8.GetBytes(part[json..].Trim()));
                }
            }
        }

        return transactionAnswers.GetOrAdd(Count(body.Span, "HTTP/1.1\r\n"u8), static parts =>
        {
            var answer = new StringBuilder("--batchresponse\r\nContent-Type: multipart/mixed; boundary=changesetresponse\r\n\r\n");
            for (var part = 0; part < parts; part++)
            {
                answer.Append(
                    $"--changesetresponse\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nContent-ID: {part}\r\nETag: {Stamp}\r\n\r\n\r\n");
            }

            return Encoding.ASCII.GetBytes(answer.Append("--changesetresponse--\r\n--batchresponse--\r\n").ToString());
        });
    }

    private void Note(string message)
    {
        var text = message[(message.IndexOf("<MessageText>", StringComparison.Ordinal) + 13)..message.IndexOf("</MessageText>", StringComparison.Ordinal)];
        ((List<string>)recorded!.Messages).Add(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
    }

    private void Note(JsonNode row)
    {
        if (recorded is null)
            return;

        var columns = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in row.AsObject().Where(column => !column.Key.EndsWith(Annotation, StringComparison.Ordinal)))
        {
            columns[name] = row[name + Annotation]?.GetValue<string>() switch
            {
                "Edm.Binary" => Convert.FromBase64String(value!.GetValue<string>()),
                "Edm.Int64" => long.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture),
                "Edm.DateTime" => value!.GetValue<DateTimeOffset>(),
                _ when value!.GetValueKind() == JsonValueKind.Number => value.GetValue<int>(),
                _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
                _ => value.GetValue<string>(),
            };
        }

        ((List<Dictionary<string, object>>)recorded.Rows).Add(columns);
    }

    private void Keep(string place, byte[] row)
    {
        if (KeepsRows)
        {
            var sent = JsonNode.Parse(row)!.AsObject();
            var stored = new JsonObject { ["odata.metadata"] = "http://127.0.0.1:1/memory/$metadata#table/@Element", ["odata.etag"] = Stamp };
            foreach (var (name, value) in sent.Where(column => !column.Key.EndsWith(Annotation, StringComparison.Ordinal)))
            {
                // As Azure does: the type stands before the value that it is of.
                if (sent[name + Annotation] is { } type)
                    stored[name + Annotation] = type.DeepClone();

                stored[name] = value?.DeepClone();
            }

            stored["Timestamp"] = "2026-01-15T01:30:00.0000000Z";
            rows[place] = JsonSerializer.SerializeToUtf8Bytes(stored);
        }
    }

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (var at = text.IndexOf(part); at >= 0; at = text.IndexOf(part))
        {
            count++;
            text = text[(at + part.Length)..];
        }

        return count;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, byte[] body, string type)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }
}
