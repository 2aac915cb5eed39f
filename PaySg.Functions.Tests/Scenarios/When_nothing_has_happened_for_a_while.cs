using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_nothing_has_happened_for_a_while
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_attempt_the_first_delivery_within_two_seconds()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = await LocalHostProcess.StartAsync(await TestAzurite.NewAccountAsync());
        await host.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        var id = await host.Client.CreatedPaymentAsync();

        // The silence is the subject: idle queues are polled more and more rarely, up to maxPollingInterval.
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None);
        (await host.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        var paidAt = TimeProvider.System.GetUtcNow();

        var webhook = Assert.Single(await receiver.WaitForAsync(1));

        Assert.InRange(webhook.At - paidAt, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(2));
    }
}
