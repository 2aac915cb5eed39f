using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_host_answers_nothing_but_failures
{
    private const int Events = HostLimits.ToleratedFailures + 10;

    [Fact]
    public async Task Should_be_asked_less_hold_up_nobody_who_is_well_and_get_everything_in_the_end()
    {
        await using var app = await WebhookApp.StartAsync();
        await using var well = await WebhookReceiver.StartAsync();
        app.Answer(500);
        var failing = await app.EndpointAsync("payment.created");

        for (var i = 0; i < Events; i++)
            await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3007).Count >= 1 && app.Receiver.All.Count >= HostLimits.ToleratedFailures);

        // Another endpoint of the same host, which has failed at nothing.
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(well.Url).For("payment.created"));
        await app.EventAsync();
        await well.WaitForAsync(1);

        app.Answer(200);
        await LocalHost.Eventually.TrueAsync(async () =>
        {
            await app.PassAsync(TimeSpan.FromMinutes(6));
            return (await app.DueRowsAsync()).Count == 0;
        });
        var deliveries = (await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:")).Where(row => row.PartitionKey == failing).ToList();
        Assert.Equal(Events + 1, deliveries.Count);
        Assert.All(deliveries, row => Assert.Equal("Delivered", row.GetString("state")));

        // To wait was no attempt: each that was counted was one that came.
        Assert.Equal(app.Receiver.All.Count, deliveries.Sum(row => row.GetInt32("attempt_count")));
    }
}
