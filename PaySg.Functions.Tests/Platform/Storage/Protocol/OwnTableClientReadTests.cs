using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Platform.Storage.Protocol;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>Reads of one row by ourselves against those of Azure's client: the same request, and the same said of every answer.</summary>
public sealed class OwnTableClientReadTests
{
    private const string Key = "a2V5LW9mLXRoZS1hY2NvdW50LWZvci10ZXN0cw==";
    private const string ByKey = $"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};TableEndpoint=http://127.0.0.1:1/acc;";
    private const string BySignature = "TableEndpoint=https://acc.table.core.windows.net/;SharedAccessSignature=sv=2020-12-06&ss=t&sig=a%2Bb%3D";
    private const string MinimalMetadata = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8";
    private const string ResourceNotFound = """{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"None."}}}""";

    private static readonly Gen<string> Keys = Gen.OneOf(
        Properties.Texts,
        Gen.Elements("p", "o'neill", "''", "a b", "Café 中文 😀", "<&>\"\\/?#", "%27", "+", "", ".", "..", "/../", "a:b=c;d", new string('x', 1000)));

    private static readonly Gen<byte[]> Documents =
        from length in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, 200 * 1024), Gen.Choose(1, 3).Zip(Gen.Choose(-1, 1)).Select(at => (at.Item1 * ChunkedDocument.ChunkSize) + at.Item2))
        from first in Gen.Choose(0, 255)
        select Enumerable.Range(first, length).Select(number => (byte)(number ^ (number >> 8))).ToArray();

    [Fact]
    public void Every_row_is_asked_for_as_by_Azures_client() => Properties.Hold(
        Keys.Zip(Keys),
        keys => Assert.Equal(Asked(keys.Item1, keys.Item2, own: false), Asked(keys.Item1, keys.Item2, own: true)));

    [Theory]
    [InlineData(ByKey)]
    [InlineData(BySignature)]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData($"AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https")]
    public void And_authorised_as_Azures_client_does(string connection)
    {
        // The date is part of what is signed: sooner or later both are sent in one second.
        var (azures, own) = ("", "-");
        for (var tried = 0; tried < 20 && azures != own; tried++)
            (azures, own) = (Asked("o'neill é", "r 中", own: false, connection), Asked("o'neill é", "r 中", own: true, connection));

        Assert.Equal(azures, own);
    }

    [Fact]
    public async Task An_account_of_the_apps_identity_gets_its_token()
    {
        HttpRequestMessage? sent = null;
        using var storage = new ScriptedStorage(request =>
        {
            sent = request;
            return Answer(404, ResourceNotFound, MinimalMetadata);
        });
        var table = new OwnTableClient(new Uri("https://acc.table.core.windows.net/"), "payments", FixedClients.Identity, new TableClientOptions { Transport = storage.Transport });

        Assert.Null(await table.FindAsync("p", "r"));
        Assert.Equal("Bearer of https://storage.azure.com/.default", sent!.Headers.Authorization!.ToString());
    }

    /// <summary>Rows as storage sends them: every type of a value, told before it, behind it or not at all, and what no row of ours holds.</summary>
    [Theory]
    [InlineData("""{"odata.metadata":"https://acc/$metadata#t/@Element","odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","Timestamp":"2026-11-27T01:02:03.4567891Z"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","Timestamp@odata.type":"Edm.DateTime","Timestamp":"2026-11-27T01:02:03Z"}""")]
    [InlineData("""{"s":"","t":"o'neill \"\\\u00e9\ud83d\ude00 中","u":"2026-11-27T01:02:03Z","v":"00000000-0000-4000-8000-000000000001"}""")]
    [InlineData("""{"i":0,"j":-2147483648,"k":2147483647,"l":2147483648,"m":-9223372036854775808,"n":18446744073709551615}""")]
    [InlineData("""{"d":1.5,"e":1.0,"f":-0.0,"g":1e300,"h":5E-324}""")]
    [InlineData("""{"d@odata.type":"Edm.Double","d":"NaN","e@odata.type":"Edm.Double","e":"Infinity","f@odata.type":"Edm.Double","f":"-Infinity","g@odata.type":"Edm.Double","g":"1.25"}""")]
    [InlineData("""{"l@odata.type":"Edm.Int64","l":"9223372036854775807","m@odata.type":"Edm.Int64","m":"-1"}""")]
    [InlineData("""{"b":true,"c":false}""")]
    [InlineData("""{"x@odata.type":"Edm.Binary","x":"","y@odata.type":"Edm.Binary","y":"AAEC/w=="}""")]
    [InlineData("""{"x@odata.type":"Edm.Binary","x":"AAEC\/w=="}""")]
    [InlineData("""{"t@odata.type":"Edm.DateTime","t":"2026-11-27T01:02:03.4567891Z","u@odata.type":"Edm.DateTime","u":"1601-01-01T00:00:00Z","v@odata.type":"Edm.DateTime","v":"9999-12-31T23:59:59.9999999Z"}""")]
    [InlineData("""{"t@odata.type":"Edm.DateTime","t":"2026-11-27T09:02:03+08:00"}""")]
    [InlineData("""{"g@odata.type":"Edm.Guid","g":"0f8fad5b-d9cb-469f-a165-70867728950e"}""")]
    [InlineData("""{"n":null,"x":1}""")]
    [InlineData("""{"x":"AAEC","x@odata.type":"Edm.Binary","l":"7","l@odata.type":"Edm.Int64"}""")]
    [InlineData("""{"x@odata.type":"Edm.Binary","l@odata.type":"Edm.Int64","l":"7","x":"AAEC"}""")]
    [InlineData("""{"écran":"é","a_b":1,"odata.other":"x"}""")]
    [InlineData("{ \"a\" : 1 ,\r\n\t\"b\" : \"c\" }\r\n")]
    [InlineData("{}")]
    public async Task Every_row_is_read_as_by_Azures_client(string row)
    {
        Assert.Equal(await SaidAsync(row, own: false), await SaidAsync(row, own: true));
        Assert.DoesNotContain("throws", await SaidAsync(row, own: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("1")]
    [InlineData("<html></html>")]
    [InlineData("{")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":\"b}")]
    [InlineData("{\"a\":1}{\"a\":2}")]
    [InlineData("{\"a\":1}]")]
    [InlineData("{\"a\" 1}")]
    public async Task What_Azures_client_cannot_read_is_no_row_and_no_document_for_us_either(string body)
    {
        Assert.StartsWith("throws", await SaidAsync(body, own: false), StringComparison.Ordinal);
        Assert.StartsWith("throws", await SaidAsync(body, own: true), StringComparison.Ordinal);
        Assert.StartsWith("throws", await SaidOfDocumentAsync(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"x@odata.type":"Edm.Binary","x":"?"}""")]
    [InlineData("""{"l@odata.type":"Edm.Int64","l":"seven"}""")]
    [InlineData("""{"l@odata.type":"Edm.Int64","l":7}""")]
    [InlineData("""{"d@odata.type":"Edm.Double","d":1.25}""")]
    [InlineData("""{"t@odata.type":"Edm.DateTime","t":"yesterday"}""")]
    [InlineData("""{"g@odata.type":"Edm.Guid","g":"none"}""")]
    [InlineData("""{"Timestamp":"yesterday"}""")]
    [InlineData("""{"gone@odata.type":"Edm.Int64","x":1}""")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task Values_that_Azures_client_cannot_read_are_none_for_us_either(string row)
    {
        Assert.StartsWith("throws", await SaidAsync(row, own: false), StringComparison.Ordinal);
        Assert.StartsWith("throws", await SaidAsync(row, own: true), StringComparison.Ordinal);
    }

    /// <summary>With the policies of the product behind it: what passes by itself is tried four times, and nothing else is.</summary>
    [Theory]
    [InlineData(404, "ResourceNotFound", "no row", 1)]
    [InlineData(404, "TableNotFound", "throws 404 TableNotFound", 1)]
    [InlineData(400, "InvalidInput", "throws 400 InvalidInput", 1)]
    [InlineData(403, "AuthenticationFailed", "throws 403 AuthenticationFailed", 1)]
    [InlineData(408, "OperationTimedOut", "throws 408 OperationTimedOut", 4)]
    [InlineData(429, "TooManyRequests", "throws 429 TooManyRequests", 4)]
    [InlineData(500, "InternalError", "throws 500 InternalError", 4)]
    [InlineData(503, "ServerBusy", "throws 503 ServerBusy", 4)]
    public async Task Every_refusal_is_the_one_of_Azures_client_after_as_many_tries(int status, string code, string expected, int tries)
    {
        var error = $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"Refused."}}}""";
        foreach (var kind in (Func<ScriptedStorage, Task<string>>[])
            [storage => SaidAsync(Table(storage, own: false, ofProduct: true)), storage => SaidAsync(Table(storage, own: true, ofProduct: true)), SaidOfDocumentAsync])
        {
            using var storage = new ScriptedStorage(_ => Answer(status, error, MinimalMetadata));

            Assert.Equal(expected, await kind(storage));
            Assert.Equal(tries, storage.Requests.Count);
        }
    }

    [Fact]
    public async Task A_row_that_comes_at_the_second_try_is_read()
    {
        foreach (var own in (bool[])[false, true])
        {
            var tries = 0;
            using var storage = new ScriptedStorage(_ => ++tries == 1
                ? Answer(503, """{"odata.error":{"code":"ServerBusy","message":{"value":"Busy."}}}""", MinimalMetadata)
                : Answer(200, """{"odata.etag":"W/\"1\"","a":1}""", MinimalMetadata));

            Assert.Equal("W/\"1\" a=Int32:1", await SaidAsync(Table(storage, own, ofProduct: true)));
        }
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_as_often_as_by_Azures_client()
    {
        var tries = new List<int>();
        foreach (var own in (bool[])[false, true])
        {
            using var storage = new ScriptedStorage(_ => throw new HttpRequestException("Broken."));
            var fault = await Record.ExceptionAsync(() => Table(storage, own, ofProduct: true).FindAsync("p", "r"));

            Assert.True(StorageFaults.IsOutage(fault!));
            tries.Add(storage.Requests.Count);
        }

        Assert.Equal([4, 4], tries);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_no_row()
    {
        using var storage = new ScriptedStorage(_ => Answer(200, "<html>Sign in</html>", "text/html"));
        var table = (OwnTableClient)Table(storage, own: true, ofProduct: true);

        await Assert.ThrowsAsync<ForeignAnswerException>(() => table.FindAsync("p", "r"));
        await Assert.ThrowsAsync<ForeignAnswerException>(() => table.FindDocumentAsync("p", "r", "doc", static (document, _) => document.ToArray(), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task The_steps_that_a_listener_sees_are_those_of_Azures_client()
    {
        using var storage = new ScriptedStorage(_ => Answer(404, ResourceNotFound, MinimalMetadata));
        using var root = new Activity("test").Start();
        var steps = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Azure.Data.Tables.TableClient",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = step =>
            {
                if (step.TraceId == root.TraceId)
                    steps.Add($"{step.OperationName} {step.Kind} {step.Status}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        await Table(storage, own: true, ofProduct: true).FindAsync("p", "r");

        Assert.Equal(["TableClient.GetEntityIfExists Client Unset"], steps);
    }

    [Fact]
    public void Every_document_is_read_as_it_stands_in_the_row() => Properties.Hold(
        Documents,
        document =>
        {
            var row = new TableEntity("p", "r") { ["docs_length"] = 7, ["docs0"] = new byte[7], ["other"] = "x" };
            // What lies behind the length is of an older, longer document.
            ChunkedDocument.Write(row, "doc", new byte[document.Length + ChunkedDocument.ChunkSize]);
            ChunkedDocument.Write(row, "doc", document);
            using var storage = new ScriptedStorage(_ => Answer(200, Json(row), MinimalMetadata));

            var read = ((OwnTableClient)Table(storage, own: true)).FindDocumentAsync(
                "p", "r", "doc", static (bytes, version) => (Bytes: bytes.ToArray(), Version: version).ToTuple(), CancellationToken.None).AsTask().GetAwaiter().GetResult();

            Assert.Equal(document, read!.Item1);
            Assert.Equal(new ETag("W/\"1\""), read.Item2);
            Assert.Equal(document, ChunkedDocument.Read(row, "doc").ToArray());
        },
        tests: 60);

    [Theory]
    [InlineData("""{"odata.etag":"W/\"1\"","a":1}""", "W/\"1\" ")]
    [InlineData("""{"doc_length":0,"odata.etag":"W/\"1\""}""", "W/\"1\" ")]
    [InlineData("""{"odata.etag":"W/\"1\"","doc0":"YWI\u003d","doc_length":2}""", "W/\"1\" ab")]
    [InlineData("""{"odata.etag":"W/\"1\"","doc0@odata.type":"Edm.Binary","doc0":"YWJj","doc_length":2}""", "W/\"1\" ab")]
    [InlineData("""{"doc_length":4}""", "throws FormatException")]
    [InlineData("""{"doc_length":4,"doc0":"YWJj"}""", "throws FormatException")]
    [InlineData("""{"doc_length":4,"doc1":"YWJjZA=="}""", "throws FormatException")]
    [InlineData("""{"doc_length":-1,"doc0":"YWJj"}""", "throws FormatException")]
    [InlineData("""{"doc_length":3,"doc0":"?"}""", "throws FormatException")]
    public async Task A_document_that_is_not_whole_is_none(string row, string expected) => Assert.Equal(expected, await SaidOfDocumentAsync(row));

    [Fact]
    public async Task Rows_of_every_type_are_read_from_an_account_as_by_Azures_client()
    {
        var account = await TestAzurite.NewAccountAsync();
        var own = new OwnTableClient(account, "payments", new TableClientOptions());
        var azures = new TableClient(account, "payments");
        await azures.CreateAsync();
        await azures.AddEntityAsync(new TableEntity("o'neill é", "r' 中 %27")
        {
            ["doc0"] = Encoding.UTF8.GetBytes("Café"),
            ["doc_length"] = 5,
            ["big"] = long.MaxValue,
            ["small"] = int.MinValue,
            ["flag"] = true,
            ["double"] = 1.0,
            ["id"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            ["at"] = new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.Zero).AddTicks(1),
            ["text"] = "Café \u0001 \" 😀",
        });

        Assert.Equal(await SaidAsync(azures, "o'neill é", "r' 中 %27"), await SaidAsync(own, "o'neill é", "r' 中 %27"));
        Assert.Equal("Café", await own.FindDocumentAsync("o'neill é", "r' 中 %27", "doc", static (document, _) => Encoding.UTF8.GetString(document), CancellationToken.None));
        Assert.Equal("no row", await SaidAsync(own, "o'neill é", "other"));
        Assert.Null(await own.FindDocumentAsync("p", "r", "doc", static (document, _) => Encoding.UTF8.GetString(document), CancellationToken.None));
    }

    [Fact]
    public async Task A_projection_is_left_to_Azures_client()
    {
        using var storage = new ScriptedStorage(_ => Answer(200, """{"a":1}""", MinimalMetadata));

        var row = await Table(storage, own: true).GetEntityIfExistsAsync<TableEntity>("p", "r", ["a"]);

        Assert.Equal(1, row.Value!["a"]);
        Assert.Contains("$select=a", Assert.Single(storage.Requests), StringComparison.Ordinal);
    }

    /// <summary>The request as it is sent, but for what is another one each time.</summary>
    private static string Asked(string partitionKey, string rowKey, bool own, string connection = ByKey)
    {
        var sent = "";
        using var storage = new ScriptedStorage(request =>
        {
            var headers = request.Headers
                .Where(header => header.Key is not ("x-ms-client-request-id" or "traceparent") && (connection != ByKey || header.Key is not ("x-ms-date" or "Authorization")))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            sent = $"{request.Method} {request.RequestUri!.AbsoluteUri}\n{string.Join('\n', headers)}\n{request.Content is null}";
            return Answer(404, ResourceNotFound, MinimalMetadata);
        });
        Assert.False(Table(storage, own, connection).GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey).GetAwaiter().GetResult().HasValue);
        return sent;
    }

    private static async Task<string> SaidAsync(string body, bool own)
    {
        using var storage = new ScriptedStorage(_ => Answer(200, body, MinimalMetadata));
        return await SaidAsync(Table(storage, own));
    }

    /// <summary>What a client says of a row: its version, and each column with its type.</summary>
    private static async Task<string> SaidAsync(TableClient table, string partitionKey = "p", string rowKey = "r")
    {
        try
        {
            return await table.FindAsync(partitionKey, rowKey) is { } row
                ? $"{row.ETag} {string.Join(' ', row.Where(column => column.Key != "odata.etag").OrderBy(column => column.Key, StringComparer.Ordinal).Select(Said))}"
                : "no row";
        }
        catch (RequestFailedException refusal)
        {
            return $"throws {refusal.Status} {refusal.ErrorCode}";
        }
        catch (Exception fault)
        {
            return $"throws {fault.GetType().Name}";
        }
    }

    private static string Said(KeyValuePair<string, object> column) => $"{column.Key}={column.Value?.GetType().Name}:{column.Value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    }}";

    private static async Task<string> SaidOfDocumentAsync(string body)
    {
        using var storage = new ScriptedStorage(_ => Answer(200, body, MinimalMetadata));
        return await SaidOfDocumentAsync((OwnTableClient)Table(storage, own: true));
    }

    private static Task<string> SaidOfDocumentAsync(ScriptedStorage storage) => SaidOfDocumentAsync((OwnTableClient)Table(storage, own: true, ofProduct: true));

    private static async Task<string> SaidOfDocumentAsync(OwnTableClient table)
    {
        try
        {
            return await table.FindDocumentAsync("p", "r", "doc", static (document, version) => $"{version} {Encoding.UTF8.GetString(document)}", CancellationToken.None) ?? "no row";
        }
        catch (RequestFailedException refusal)
        {
            return $"throws {refusal.Status} {refusal.ErrorCode}";
        }
        catch (Exception fault)
        {
            return $"throws {fault.GetType().Name}";
        }
    }

    /// <summary>A row as storage sends it.</summary>
    private static string Json(TableEntity row) => $$"""
        {"odata.metadata":"m","odata.etag":"W/\"1\"",{{string.Join(',', row.Select(column => column.Value switch
        {
            byte[] bytes => $"\"{column.Key}@odata.type\":\"Edm.Binary\",\"{column.Key}\":\"{Convert.ToBase64String(bytes)}\"",
            int number => string.Create(CultureInfo.InvariantCulture, $"\"{column.Key}\":{number}"),
            var text => $"\"{column.Key}\":\"{text}\"",
        }))}}}
        """;

    /// <param name="storage">What answers.</param>
    /// <param name="own">Whether it is our client; else Azure's.</param>
    /// <param name="connection">Opens the account.</param>
    /// <param name="ofProduct">Whether it retries as the product does, with its policies.</param>
    private static TableClient Table(ScriptedStorage storage, bool own, string connection = ByKey, bool ofProduct = false)
    {
        var options = new TableClientOptions { Transport = storage.Transport };
        if (ofProduct)
        {
            options.AddPolicy(ExpectedRefusals.Policy, HttpPipelinePosition.PerCall);
            options.AddPolicy(StorageAnswers.OfTables, HttpPipelinePosition.PerCall);
        }

        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(2);
        return own ? new OwnTableClient(connection, "payments", options) : new TableClient(connection, "payments", options);
    }
}
