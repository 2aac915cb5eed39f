using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>The first attempt is made where the event is fanned out: a receiver that takes its time must not keep that from ending.</summary>
public sealed class When_a_receiver_is_slow : IAsyncLifetime
{
    private readonly TaskCompletionSource answers = new();
    private WebhookApp app = null!;

    public async Task InitializeAsync()
    {
        app = await WebhookApp.StartAsync();
        app.Receiver.Responds = (_, _) => answers.Task;
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_be_written_down_before_it_answers_and_not_be_asked_again()
    {
        var endpoint = await app.EndpointAsync("*");
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);
        Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgpayments", "o:"));

        // Its budget is over: the delivery is there, with its due row, and the outbox row is gone.
        await LocalHost.Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.App.Connection, "paysgpayments", "o:")).Count == 0);
        var due = Assert.Single(await app.DueRowsAsync());
        Assert.Equal(endpoint, due.PartitionKey);
        answers.SetResult();

        await app.Client.DeliveryAsync(endpoint, "delivered");
        Assert.Empty(await app.DueRowsAsync());
        Assert.Single(app.Receiver.All);
        Assert.DoesNotContain(app.App.BackgroundTraffic.Requests, request => request.IsQueue && request.Method == "POST");
    }

    [Fact]
    public async Task Should_be_asked_again_with_the_same_bytes_where_the_process_died_while_it_waited()
    {
        var endpoint = await app.EndpointAsync("*");
        var death = Death.Before(
            app.App.BackgroundTraffic, request => request.Writes("paysgdeliveries") && request.Body.Contains("\"attempt_count\":1", StringComparison.Ordinal));
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(async () => (await app.DueRowsAsync()).Count == 1);
        answers.SetResult();
        await LocalHost.Eventually.TrueAsync(() => death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(36));

        await app.Client.DeliveryAsync(endpoint, "delivered");
        Assert.Equal(2, app.Receiver.All.Count);
        Assert.Equal(app.Receiver.All[0].EventId, app.Receiver.All[1].EventId);
        Assert.Equal(app.Receiver.All[0].Body, app.Receiver.All[1].Body);
    }

    [Fact]
    public async Task Should_not_keep_a_ninth_endpoint_waiting_for_its_first_attempt()
    {
        await using var quick = await WebhookReceiver.StartAsync();
        var fast = (await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(quick.Url))).Id;
        for (var i = 0; i < FanOutEvent.FirstAttempts; i++)
            await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(app.Receiver.Url, $"?{i}")));

        await app.EventAsync();

        // Endpoints are tried newest first, so the quick one is the ninth. It does not wait for the budget of the others.
        await quick.WaitForAsync(1);
        Assert.DoesNotContain(await app.DueRowsAsync(), row => row.PartitionKey != fast);
        answers.SetResult();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3001).Count == FanOutEvent.FirstAttempts + 1);
    }

    [Fact]
    public async Task Should_be_left_to_messages_once_it_has_failed()
    {
        app.Answer(500);
        await app.EndpointAsync("*");
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count == 1);
        await LocalHost.Eventually.TrueAsync(async () => (await StoredRows.OfAsync(app.App.Connection, "paysgpayments", "o:")).Count == 0);
        app.App.BackgroundTraffic.Forget();
        app.Answer(200);

        var second = await app.EventAsync();

        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3001).Count >= 1);
        Assert.Contains(app.App.BackgroundTraffic.QueueRequests, request => Queued(request).Contains("\"attempt\":1", StringComparison.Ordinal));
        Assert.NotNull(second);
    }

    private static string Queued(StorageRequest message)
    {
        var text = System.Xml.Linq.XDocument.Parse(message.Body.TrimStart('\uFEFF')).Root!.Element("MessageText")!.Value;
        return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text));
    }
}
