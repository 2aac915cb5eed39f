using System.Net;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

[Collection(Alone.Name)]
public sealed class When_nothing_has_happened_for_a_while(ITestOutputHelper output)
{
    // Two idle queues lie between the payment and the attempt, each polled at least every 500 ms. Twice what it should take on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_soon_attempt_the_first_delivery()
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

        var took = webhook.At - paidAt;
        output.WriteLine($"The first attempt came {took.TotalMilliseconds:F0} ms after the payment.");
        Assert.InRange(took, TimeSpan.FromSeconds(-1), Limit);
    }
}
