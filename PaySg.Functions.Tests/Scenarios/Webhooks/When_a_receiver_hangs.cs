using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_receiver_hangs
{
    private const int Events = 20;

    // Eight first attempts where events are fanned out, and eight of those that are left to messages where deliveries are worked on.
    private const int UnderWay = 2 * EndpointPlaces.PerEndpoint;

    [Fact]
    public async Task Should_hold_up_itself_and_nobody_else_and_get_everything_in_the_end()
    {
        await using var others = await WebhookReceiver.StartAsync();
        await using var app = await WebhookApp.StartAsync();
        var (other, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(others.Url));
        var hanging = await app.EndpointAsync("*");
        var release = new TaskCompletionSource();
        var underWay = 0;
        var most = 0;
        app.Receiver.Responds = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await release.Task;
            Interlocked.Decrement(ref underWay);
        };

        await Parallel.ForAsync(0, Events, async (_, _) => await app.EventAsync());

        await others.WaitForAsync(Events, TimeSpan.FromSeconds(8));
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3007).Count == Events - UnderWay);
        Assert.Equal((UnderWay, UnderWay), (most, app.Receiver.All.Count));
        await LocalHost.Eventually.TrueAsync(async () => (await app.DueRowsAsync()).Count == Events);
        var putBack = await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:");
        Assert.All(putBack.Where(row => row.PartitionKey == hanging), row => Assert.Equal(0, row.GetInt32("attempt_count")));
        Assert.Equal(Events, (await app.DueRowsAsync()).Count(row => row.PartitionKey == hanging));

        release.SetResult();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3001).Count == Events + UnderWay);
        await app.PassAsync(TimeSpan.FromMinutes(1));

        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3001).Count == 2 * Events);
        Assert.Equal(Events, app.Receiver.All.Count);
        Assert.Equal(Events, app.Receiver.All.Select(webhook => webhook.EventId).Distinct().Count());
        Assert.Empty(await app.DueRowsAsync());
        Assert.Equal("enabled", (await app.ReadAsync(other))["status"]);
    }
}
