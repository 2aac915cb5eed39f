using System.Xml.Linq;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>The host loses what a queue answers, so a message that is done, or is being worked on, comes again: it finds nothing to do.</summary>
public sealed class When_an_answer_of_a_queue_is_lost
{
    [Theory]
    [InlineData("paysg-outbox", "receive")]
    [InlineData("paysg-outbox", "delete")]
    [InlineData("paysg-outbox", "renewal")]
    [InlineData("paysg-deliveries", "receive")]
    [InlineData("paysg-deliveries", "delete")]
    [InlineData("paysg-deliveries", "renewal")]
    public async Task Should_deliver_the_event_once(string queue, string what)
    {
        // The first attempt is made where the event is fanned out. What the queue of deliveries brings is the second.
        var attempts = queue == PaySgQueues.DeliveriesName ? 2 : 1;
        await using var proxy = await StorageProxy.StartAsync(await TestAzurite.NewAccountAsync());
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(proxy.Connection);
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        var messages = new QueueClient(app.Connection, queue);
        var taken = 0;
        var isLost = new TaskCompletionSource();
        (string Id, string Receipt) first = default;
        proxy.PassesBack = (request, answer) =>
        {
            if (!IsOf(request, "GET") || !answer.Contains("<MessageId>", StringComparison.Ordinal))
                return true;
            if (Interlocked.Increment(ref taken) > 1)
                return true;
            var message = XDocument.Parse(answer.TrimStart('\uFEFF')).Descendants("QueueMessage").Single();
            first = (message.Element("MessageId")!.Value, message.Element("PopReceipt")!.Value);
            if (what != "receive")
                return true;
            isLost.SetResult();
            return false;
        };
        proxy.PassesOn = request =>
        {
            var loses = what == "delete" && Volatile.Read(ref taken) < 2 && IsOf(request, "DELETE");
            if (loses)
                isLost.TrySetResult();
            return !loses;
        };
        receiver.Responds = async (_, context) =>
        {
            if (receiver.All.Count < attempts)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            // The lease ends while the receiver is still busy.
            if (what == "renewal" && isLost.TrySetResult())
                await Eventually.TrueAsync(() => Volatile.Read(ref taken) >= 2);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        };

        await app.Client.CreatedPaymentAsync();

        // What the queue does by itself when the ten minutes of the lease are over.
        await isLost.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await messages.UpdateMessageAsync(first.Id, first.Receipt, visibilityTimeout: TimeSpan.Zero);
        await Eventually.TrueAsync(async () => Volatile.Read(ref taken) >= 2 && (await messages.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await Eventually.TrueAsync(() => app.Log.Of(3001).Count == 1);
        Assert.Equal(attempts, receiver.All.Count);
        var delivery = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:"));
        Assert.Equal(("Delivered", attempts), (delivery.GetString("state"), delivery.GetInt32("attempt_count")));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "d:"));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:"));

        bool IsOf(HttpRequest request, string method) =>
            request.Method == method && request.Path.Value!.Contains($"/{queue}/messages", StringComparison.Ordinal);
    }
}
