using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>Requests to queues are signed as by Azure's client: the two send the same, and each signature is compared.</summary>
public sealed class SharedKeyPolicyTests
{
    private const string Key = "a2V5LW9mLXRoZS1hY2NvdW50LWZvci10ZXN0cw==";

    private const string Taken =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId><InsertionTime>Thu, 15 Jan 2026 01:30:00 GMT</InsertionTime>"
        + "<ExpirationTime>Thu, 22 Jan 2026 01:30:00 GMT</ExpirationTime><PopReceipt>a</PopReceipt><TimeNextVisible>Thu, 15 Jan 2026 01:30:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>";

    private static readonly Dictionary<string, Func<QueueClient, Task>> Operations = new()
    {
        ["send"] = queue => queue.SendMessageAsync("Café 中文"),
        ["send later"] = queue => queue.SendMessageAsync(new string('x', 3000), TimeSpan.FromSeconds(30), TimeSpan.FromDays(7)),
        ["create"] = queue => queue.CreateIfNotExistsAsync(),
        ["create with metadata"] = queue => queue.CreateAsync(new Dictionary<string, string> { ["b"] = "1", ["a"] = "x y" }),
        ["properties"] = queue => queue.GetPropertiesAsync(),
        ["receive"] = queue => queue.ReceiveMessagesAsync(32, TimeSpan.FromSeconds(5)),
        ["peek"] = queue => queue.PeekMessagesAsync(5),
        ["delete message"] = queue => queue.DeleteMessageAsync("0f8fad5b", "AgAAAAMAAAAA+/=="),
        ["update message"] = queue => queue.UpdateMessageAsync("0f8fad5b", "AgAAAAMAAAAA+/==", "x", TimeSpan.FromSeconds(1)),
        ["clear"] = queue => queue.ClearMessagesAsync(),
        ["delete"] = queue => queue.DeleteAsync(),
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var connection in (string[])
            [
                $"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};QueueEndpoint=http://127.0.0.1:1/acc;",
                $"AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https",
                "UseDevelopmentStorage=true",
            ])
        {
            foreach (var operation in Operations.Keys)
                cases.Add(operation, connection);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_request_is_signed_as_by_Azures_client(string operation, string connection)
    {
        // The date is part of what is signed: sooner or later both are sent in one second.
        var (azures, own) = ("", "-");
        for (var tried = 0; tried < 20 && azures != own; tried++)
            (azures, own) = (await SentAsync(operation, connection, own: false), await SentAsync(operation, connection, own: true));

        Assert.Contains("Authorization: SharedKey ", azures, StringComparison.Ordinal);
        Assert.Equal(azures, own);
    }

    [Fact]
    public async Task A_message_is_taken_by_an_account()
    {
        var account = await TestAzurite.NewAccountAsync();
        var own = FixedClients.Connection(account, HttpClientTransport.Shared).Queue(FixedClients.Queue);
        await own.CreateIfNotExistsAsync();

        await own.SendMessageAsync("Café 中文");

        Assert.Equal("Café 中文", (await new QueueClient(account, FixedClients.Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).ReceiveMessageAsync()).Value.Body.ToString());
    }

    /// <summary>The request as it is sent, but for the ids that are others each time: those are signed, so both clients are given one.</summary>
    private static async Task<string> SentAsync(string operation, string connection, bool own)
    {
        var sent = new StringBuilder();
        using var storage = new ScriptedStorage(request =>
        {
            var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .Where(header => header.Key != "traceparent")
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            sent.AppendLine($"{request.Method} {request.RequestUri!.AbsoluteUri}\n{string.Join('\n', headers)}\n\n{request.Content?.ReadAsStringAsync().GetAwaiter().GetResult()}");
            return request.Method.Method switch
            {
                "POST" => Answer(201, Taken, "application/xml"),
                "GET" when request.RequestUri.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal) => Answer(200, "<?xml version=\"1.0\"?><QueueMessagesList></QueueMessagesList>", "application/xml"),
                "GET" => Answer(200),
                "PUT" when request.RequestUri.AbsolutePath.Contains("/messages", StringComparison.Ordinal) => Answer(204),
                "PUT" => Answer(201),
                _ => Answer(204),
            };
        });
        await Operations[operation](own ? FixedClients.Connection(connection, storage.Transport, FixedClients.Id).Queue(FixedClients.Queue) : FixedClients.Azures(connection, storage.Transport));
        return sent.ToString();
    }
}
