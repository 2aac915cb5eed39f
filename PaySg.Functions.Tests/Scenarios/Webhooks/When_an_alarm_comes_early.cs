using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

[Trait("Category", "Long")]
public sealed class When_an_alarm_comes_early
{
    [Fact]
    public async Task Should_leave_a_receiver_alone_for_as_long_as_it_asks()
    {
        const int Seconds = 7;
        const int Events = 6;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        receiver.Responds = (received, context) =>
        {
            var isFirst = receiver.All.Count(other => other.EventId == received.EventId) == 1;
            context.Response.StatusCode = isFirst ? 503 : 204;
            context.Response.Headers.RetryAfter = Seconds.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));

        for (var i = 0; i < Events; i++)
            await app.Client.CreatedPaymentAsync();

        var pairs = (await receiver.WaitForAsync(2 * Events)).GroupBy(received => received.EventId).ToList();
        Assert.All(pairs, pair => Assert.Equal(2, pair.Count()));
        Assert.All(pairs, pair => Assert.True(pair.Last().At - pair.First().At >= TimeSpan.FromSeconds(Seconds), $"The second attempt came after {pair.Last().At - pair.First().At}."));
    }

    [Fact]
    public async Task Should_put_it_back_make_no_attempt_and_lose_no_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = receiver.All.Count == 1 ? 500 : 204;
            return Task.CompletedTask;
        };
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        await app.Client.CreatedPaymentAsync();
        await Eventually.TrueAsync(() => app.Log.Of(3002).Count == 1);

        // The next attempt is due in four seconds or more.
        var message = new DeliveryMessage(ApiClient.ServiceId, endpoint, receiver.All[0].EventId, 2);
        for (var i = 0; i < 3; i++)
            await app.Services.GetRequiredService<DeliveryAlarm>().SetOrThrowAsync(message, TimeSpan.Zero, CancellationToken.None);
        await Eventually.TrueAsync(() => app.Log.Of(3011).Count >= 3);
        Assert.Single(receiver.All);

        await receiver.WaitForAsync(2);
        await Eventually.TrueAsync(() => app.Log.Of(3003).Count >= 3);
        Assert.Equal(2, receiver.All.Count);
        Assert.True(receiver.All[1].At - receiver.All[0].At >= TimeSpan.FromSeconds(4), $"{receiver.All[1].At - receiver.All[0].At}");
        var delivery = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:"));
        Assert.Equal(("Delivered", 2), (delivery.GetString("state"), delivery.GetInt32("attempt_count")));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "d:"));
    }
}
