using System.Globalization;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Platform.Storage.Protocol;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>Transactions of our own writing against those of Azure's client: one must be as good as the other.</summary>
public sealed partial class OwnTableClientTests
{
    private const string Key = "a2V5LW9mLXRoZS1hY2NvdW50LWZvci10ZXN0cw==";
    private const string ByKey = $"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};TableEndpoint=http://127.0.0.1:1/acc;";
    private const string BySignature = "TableEndpoint=https://acc.table.core.windows.net/;SharedAccessSignature=sv=2020-12-06&ss=t&sig=a%2Bb%3D";

    private static readonly Gen<string> Texts = Gen.Elements(
        "p", "payment_service_1", "o'neill", "''", "a b", "Café 中文 😀", "<&>\"\\/", "\u0001\t\r\n", "%27", "+", "", new string('x', 2000), "--changeset_", "a:b=c;d");

    private static readonly Gen<object?> Values = Gen.OneOf(
        Texts.Select(text => (object?)text),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (object?)number),
        Gen.Elements(0L, -1L, long.MinValue, long.MaxValue, 4_294_967_296L).Select(number => (object?)number),
        Gen.Elements(true, false).Select(flag => (object?)flag),
        Gen.Choose(0, 300).Select(length => (object?)Enumerable.Range(0, length).Select(number => (byte)(number * 7)).ToArray()),
        Gen.Choose(0, 1_000_000).Select(milliseconds => (object?)new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.FromHours(8)).AddTicks(milliseconds * 12_345L)),
        Gen.Constant((object?)null));

    private static readonly Gen<TableEntity> Rows =
        from partition in Texts
        from row in Texts
        from columns in Gen.Elements("doc0", "write_id", "écran", "a_b", "x1").Zip(Values).ArrayOf(4)
        select Row(partition, row, columns);

    private static readonly Gen<TableTransactionAction[]> Transactions =
        (from type in Gen.Elements(
            TableTransactionActionType.Add,
            TableTransactionActionType.UpdateReplace,
            TableTransactionActionType.UpsertReplace,
            TableTransactionActionType.UpdateMerge,
            TableTransactionActionType.Delete)
        from row in Rows
        from version in Gen.Elements(ETag.All, new ETag("W/\"datetime'2026-11-27T01%3A02%3A03.4567891Z'\""))
        select new TableTransactionAction(type, row, version)).ArrayOf(5);

    [Fact]
    public void Every_transaction_is_sent_in_the_bytes_of_Azures_client() => Properties.Hold(
        Transactions,
        actions =>
        {
            if (actions.Length > 0)
                Assert.Equal(Sent(actions, own: false), Sent(actions, own: true));
        },
        tests: 300);

    [Theory]
    [InlineData(ByKey)]
    [InlineData(BySignature)]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData($"AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https")]
    public void And_authorised_as_Azures_client_does(string connection)
    {
        TableTransactionAction[] actions = [new(TableTransactionActionType.Add, new TableEntity("p", "r") { ["n"] = 1 })];

        // The date is part of what is signed: sooner or later both are sent in one second.
        var (azures, own) = ("", "-");
        for (var tried = 0; tried < 20 && azures != own; tried++)
            (azures, own) = (Sent(actions, own: false, connection), Sent(actions, own: true, connection));

        Assert.Equal(azures, own);
    }

    [Fact]
    public async Task An_account_of_the_apps_identity_gets_its_token()
    {
        HttpRequestMessage? sent = null;
        using var storage = new ScriptedStorage(request =>
        {
            sent = request;
            return TransactionAnswer("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n");
        });
        var table = new OwnTableClient(
            new Uri("https://acc.table.core.windows.net/"), "payments", FixedClients.Identity, new TableClientOptions { Transport = storage.Transport });

        await table.SubmitAsync(new EntityGroup("w").Insert(new TableEntity("p", "r")), CancellationToken.None);

        Assert.Equal("Bearer of https://storage.azure.com/.default", sent!.Headers.Authorization!.ToString());
        Assert.Equal("https://acc.table.core.windows.net/$batch", sent.RequestUri!.ToString());
    }

    /// <summary>The two read one answer, and what they say of it is compared.</summary>
    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-ID: 1\r\nDataServiceVersion: 1.0;\r\n\r\n")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nETag: W/\"1\"\r\n\r\n{\"a\":1}")]
    [InlineData("""HTTP/1.1 409 Conflict|Content-Type: application/json||{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"3:The specified entity already exists.\nRequestId:1"}}}""")]
    [InlineData("""HTTP/1.1 412 Precondition Failed|Content-Type: application/json||{"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"0:No.\nTime:2026"}}}""")]
    [InlineData("""HTTP/1.1 404 Not Found|Content-Type: application/json||{"odata.error":{"code":"TableNotFound","message":{"lang":"en-US","value":"12:None."}}}""")]
    [InlineData("""HTTP/1.1 400 Bad Request|Content-Type: application/json||{"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"99:One of the request inputs is not valid."}}}""")]
    [InlineData("""HTTP/1.1 503 Busy|Content-Type: application/json||{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"Busy."}}}""")]
    public async Task Every_answer_is_read_as_by_Azures_client(string part)
    {
        var answer = part.Replace("|", "\r\n", StringComparison.Ordinal);

        Assert.Equal(await SaidAsync(own: false), await SaidAsync(own: true));

        async Task<string> SaidAsync(bool own)
        {
            using var storage = new ScriptedStorage(_ => TransactionAnswer(answer));
            try
            {
                var said = await Table(storage, own).SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]);
                return string.Join(' ', said.Value.Select(each => $"{each.Status} {each.Headers.ETag}"));
            }
            catch (TableTransactionFailedException refusal)
            {
                return $"{refusal.Status} {refusal.ErrorCode} {refusal.FailedTransactionActionIndex}";
            }
        }
    }

    [Theory]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(404, "TableNotFound")]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(400, "InvalidInput")]
    public async Task A_transaction_that_is_refused_as_a_whole_says_why_as_with_Azures_client(int status, string code)
    {
        Assert.Equal(await RefusedAsync(own: false), await RefusedAsync(own: true));

        async Task<(int Status, string? Code)> RefusedAsync(bool own)
        {
            using var storage = new ScriptedStorage(_ => Answer(
                status, $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"Refused."}}}""", "application/json"));
            var refusal = await Assert.ThrowsAsync<RequestFailedException>(
                () => Table(storage, own).SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]));
            return (refusal.Status, refusal.ErrorCode);
        }
    }

    [Fact]
    public async Task A_hundred_rows_of_every_kind_are_stored_as_by_Azures_client()
    {
        var account = await TestAzurite.NewAccountAsync();
        var own = new OwnTableClient(account, "own", new TableClientOptions());
        var azures = new TableServiceClient(account).GetTableClient("azures");
        await own.CreateAsync();
        await azures.CreateAsync();
        TableEntity[] rows =
        [
            .. Enumerable.Range(0, 100).Select(number => new TableEntity("o'neill é", $"r'{number:D3} 中")
            {
                ["doc0"] = new byte[] { 1, 2, (byte)number },
                ["big"] = long.MaxValue - number,
                ["small"] = number,
                ["flag"] = number % 2 == 0,
                ["at"] = new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.Zero).AddTicks(number),
                ["text"] = $"Café \u0001 \" 😀 {number}",
            }),
        ];

        foreach (var table in (TableClient[])[own, azures])
        {
            await table.SubmitTransactionAsync([.. rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))]);
            await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Delete, rows[0], ETag.All),
                new(TableTransactionActionType.UpdateMerge, new TableEntity(rows[1].PartitionKey, rows[1].RowKey) { ["small"] = -1 }, ETag.All),
                new(TableTransactionActionType.UpdateReplace, new TableEntity(rows[2].PartitionKey, rows[2].RowKey) { ["small"] = -2 }, ETag.All),
                new(TableTransactionActionType.UpsertReplace, new TableEntity(rows[0].PartitionKey, "new") { ["small"] = -3 }),
            ]);
        }

        Assert.Equal(await StoredAsync(azures), await StoredAsync(own));

        static async Task<List<string>> StoredAsync(TableClient table)
        {
            var stored = new List<string>();
            await foreach (var row in table.QueryAsync<TableEntity>())
            {
                stored.Add(string.Join(' ', row.Where(column => column.Key is not ("odata.etag" or "Timestamp"))
                    .OrderBy(column => column.Key, StringComparer.Ordinal)
                    .Select(column => $"{column.Key}={(column.Value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(column.Value, CultureInfo.InvariantCulture))}")));
            }

            return stored;
        }
    }

    private static TableEntity Row(string partition, string row, (string Column, object? Value)[] columns)
    {
        var entity = new TableEntity(partition, row);
        foreach (var (column, value) in columns)
            entity[column] = value;

        return entity;
    }

    /// <summary>The request as it is sent, but for what is another one each time: ids and boundaries.</summary>
    private static string Sent(TableTransactionAction[] actions, bool own, string connection = ByKey)
    {
        var sent = "";
        using var storage = new ScriptedStorage(request =>
        {
            var headers = request.Headers.Concat(request.Content!.Headers)
                .Where(header => header.Key is not ("x-ms-client-request-id" or "traceparent" or "Content-Length") && (connection != ByKey || header.Key is not ("x-ms-date" or "Authorization")))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            sent = $"{request.Method} {request.RequestUri}\n{string.Join('\n', headers)}\n\n{request.Content.ReadAsStringAsync().GetAwaiter().GetResult()}";
            return TransactionAnswer([.. actions.Select(_ => "HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n")]);
        });
        Table(storage, own, connection).SubmitTransactionAsync(actions).GetAwaiter().GetResult();
        return Boundary().Replace(sent, "${kind}");
    }

    private static TableClient Table(ScriptedStorage storage, bool own, string connection = ByKey)
    {
        var options = new TableClientOptions { Transport = storage.Transport };
        return own ? new OwnTableClient(connection, "payments", options) : new TableClient(connection, "payments", options);
    }

    [GeneratedRegex("(?<kind>batch_|changeset_)[0-9a-f-]{36}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Boundary();
}
