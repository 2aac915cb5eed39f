using System.Diagnostics;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Platform.Storage.Protocol;
using PaySg.Functions.Tests.Fixtures;
using static PaySg.Functions.Tests.Fixtures.ScriptedStorage;

namespace PaySg.Functions.Tests.Platform.Storage.Protocol;

/// <summary>Messages of our own sending against those of Azure's client: the same request, and the same said of every answer.</summary>
public sealed class OwnQueueClientTests
{
    private const string Key = "a2V5LW9mLXRoZS1hY2NvdW50LWZvci10ZXN0cw==";
    private const string ByKey = $"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};QueueEndpoint=http://127.0.0.1:1/acc;TableEndpoint=http://127.0.0.1:1/acc;";
    private const string BySignature = "QueueEndpoint=https://acc.queue.core.windows.net/;SharedAccessSignature=sv=2020-12-06&ss=t&sig=a%2Bb%3D";

    private const string Taken =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId><InsertionTime>Thu, 15 Jan 2026 01:30:00 GMT</InsertionTime>"
        + "<ExpirationTime>Thu, 22 Jan 2026 01:30:00 GMT</ExpirationTime><PopReceipt>a</PopReceipt><TimeNextVisible>Thu, 15 Jan 2026 01:30:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>";

    [Fact]
    public void Every_message_is_sent_in_the_bytes_of_Azures_client() => Properties.Hold(
        Properties.Texts,
        text =>
        {
            // Azure's client refuses a message that is empty, and ours are never.
            if (text.Length > 0)
                Assert.Equal(SentAsync(text, TimeSpan.Zero, own: false).GetAwaiter().GetResult(), SentAsync(text, TimeSpan.Zero, own: true).GetAwaiter().GetResult());
        },
        tests: 100);

    [Theory]
    [InlineData(ByKey, 0)]
    [InlineData(ByKey, 1)]
    [InlineData(ByKey, 604_800)]
    [InlineData(BySignature, 0)]
    [InlineData(BySignature, 30)]
    [InlineData("UseDevelopmentStorage=true", 5)]
    [InlineData($"AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https", 5)]
    public async Task Whenever_it_is_to_be_received_and_whatever_opens_the_account(string connection, int seconds)
    {
        // The date is part of what is signed: sooner or later both are sent in one second.
        var (azures, own) = ("", "-");
        for (var tried = 0; tried < 20 && azures != own; tried++)
        {
            azures = await SentAsync("Café 中文", TimeSpan.FromSeconds(seconds), own: false, connection, ofSecond: true);
            own = await SentAsync("Café 中文", TimeSpan.FromSeconds(seconds), own: true, connection, ofSecond: true);
        }

        Assert.Equal(azures, own);
    }

    [Fact]
    public async Task An_account_of_the_apps_identity_gets_its_token()
    {
        HttpRequestMessage? sent = null;
        using var storage = new ScriptedStorage(request =>
        {
            sent = request;
            return Answer(201, Taken, "application/xml");
        });
        var queue = new OwnQueueClient(new Uri("https://acc.queue.core.windows.net/paysg-outbox"), FixedClients.Identity, new QueueClientOptions { Transport = storage.Transport });

        await queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("Bearer of https://storage.azure.com/.default", sent!.Headers.Authorization!.ToString());
        Assert.Equal("https://acc.queue.core.windows.net/paysg-outbox/messages?visibilitytimeout=0", sent.RequestUri!.ToString());
    }

    /// <summary>What passes by itself is tried four times, as the product's connection says, and nothing else is.</summary>
    [Theory]
    [InlineData(400, "InvalidInput", 1)]
    [InlineData(403, "AuthenticationFailed", 1)]
    [InlineData(404, "QueueNotFound", 1)]
    [InlineData(413, "RequestBodyTooLarge", 1)]
    [InlineData(408, "OperationTimedOut", 4)]
    [InlineData(429, "TooManyRequests", 4)]
    [InlineData(500, "InternalError", 4)]
    [InlineData(503, "ServerBusy", 4)]
    public async Task Every_refusal_is_the_one_of_Azures_client_after_as_many_tries(int status, string code, int tries)
    {
        foreach (var hasHeader in (bool[])[true, false])
        {
            foreach (var own in (bool[])[true, false])
            {
                using var storage = new ScriptedStorage(_ =>
                {
                    var answer = Answer(status, $"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Refused.</Message></Error>", "application/xml");
                    if (hasHeader)
                        answer.Headers.Add("x-ms-error-code", code);
                    return answer;
                });
                var queue = FixedClients.Connection(ByKey, storage.Transport).Queue(FixedClients.Queue);

                var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync(queue, own));

                Assert.Equal((status, code, tries), (refusal.Status, refusal.ErrorCode, storage.Requests.Count));
            }
        }
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(403, "<Error>")]
    [InlineData(403, "no XML")]
    public async Task An_error_that_says_nothing_is_an_error_all_the_same(int status, string body)
    {
        using var storage = new ScriptedStorage(_ => Answer(status, body, "application/xml"));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync(FixedClients.Connection(ByKey, storage.Transport).Queue(FixedClients.Queue), own: true));

        Assert.Equal(status, refusal.Status);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(201, "<html>")]
    [InlineData(200, Taken)]
    [InlineData(204, "")]
    public async Task What_is_no_receipt_is_no_success(int status, string body)
    {
        using var storage = new ScriptedStorage(_ => Answer(status, body, "text/html"));

        var fault = await Record.ExceptionAsync(() => SendAsync(FixedClients.Connection(ByKey, storage.Transport).Queue(FixedClients.Queue), own: true));

        Assert.True(StorageFaults.IsForeign(fault!), $"{fault}");
    }

    [Fact]
    public async Task A_connection_that_fails_is_an_outage_after_as_many_tries()
    {
        foreach (var own in (bool[])[true, false])
        {
            using var storage = new ScriptedStorage(_ => throw new HttpRequestException("Broken."));
            var fault = await Record.ExceptionAsync(() => SendAsync(FixedClients.Connection(ByKey, storage.Transport).Queue(FixedClients.Queue), own));

            Assert.True(StorageFaults.IsOutage(fault!));
            Assert.Equal(4, storage.Requests.Count);
        }
    }

    [Fact]
    public async Task The_steps_that_a_listener_sees_are_those_of_Azures_client()
    {
        using var storage = new ScriptedStorage(_ => Answer(201, Taken, "application/xml"));
        var queue = FixedClients.Connection(ByKey, storage.Transport).Queue(FixedClients.Queue);
        using var root = new Activity("test").Start();
        var steps = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Azure.Storage.Queues.QueueClient",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = step =>
            {
                if (step.TraceId == root.TraceId)
                    steps.Add($"{step.OperationName} {step.Status}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        await SendAsync(queue, own: false);
        await SendAsync(queue, own: true);

        Assert.Equal(["QueueClient.SendMessage Unset", "QueueClient.SendMessage Unset"], steps);
    }

    [Fact]
    public async Task A_message_is_received_from_an_account_when_its_time_has_come()
    {
        var account = await TestAzurite.NewAccountAsync();
        var queue = FixedClients.Connection(account, HttpClientTransport.Shared).Queue(FixedClients.Queue);
        await queue.CreateIfNotExistsAsync();

        await queue.SendAsync(Encoding.UTF8.GetBytes("Café 中文"), TimeSpan.Zero, CancellationToken.None);
        await queue.SendAsync("later"u8.ToArray(), TimeSpan.FromDays(1), CancellationToken.None);

        var received = (await new QueueClient(account, FixedClients.Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).ReceiveMessagesAsync(32)).Value;
        Assert.Equal("Café 中文", Assert.Single(received).Body.ToString());
    }

    private static Task SendAsync(OwnQueueClient queue, bool own) => own ? queue.SendAsync("x"u8.ToArray(), TimeSpan.Zero, CancellationToken.None) : queue.SendMessageAsync("x", TimeSpan.Zero);

    /// <summary>The request as it is sent, but for the ids, and the time with its signature.</summary>
    private static async Task<string> SentAsync(string text, TimeSpan delay, bool own, string connection = ByKey, bool ofSecond = false)
    {
        var sent = "";
        using var storage = new ScriptedStorage(request =>
        {
            var headers = request.Headers.Concat(request.Content!.Headers)
                .Where(header => header.Key is not ("traceparent" or "Content-Length") && (ofSecond || header.Key is not ("x-ms-date" or "Authorization")))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            sent = $"{request.Method} {request.RequestUri!.AbsoluteUri}\n{string.Join('\n', headers)}\n\n{Convert.ToHexString(request.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult())}";
            return Answer(201, Taken, "application/xml");
        });
        await (own
            ? FixedClients.Connection(connection, storage.Transport, FixedClients.Id).Queue(FixedClients.Queue).SendAsync(Encoding.UTF8.GetBytes(text), delay, CancellationToken.None)
            : FixedClients.Azures(connection, storage.Transport).SendMessageAsync(text, delay));
        return sent;
    }
}
