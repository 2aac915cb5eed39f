using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// What one of twenty payments costs in storage requests, from its creation until nothing is left to do: calls, queue functions, the sweep that comes
/// afterwards, and the deletion of each message. The polling of the queues is left out.
/// </summary>
public sealed class When_a_payment_is_counted_from_end_to_end(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Payments = 20;
    private WebhookApp webhooks = null!;

    public async Task InitializeAsync() => webhooks = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await webhooks.DisposeAsync();

    [Fact]
    public async Task Should_create_pay_and_deliver_to_two_endpoints_in_few()
    {
        await webhooks.EndpointAsync("payment.succeeded");
        await webhooks.EndpointAsync("payment.succeeded");

        Assert.InRange(await CountAsync(received: 2, async () => await PayAsync(await webhooks.EventAsync())), 0, 30);
    }

    [Fact]
    public async Task Should_create_in_few_where_nobody_subscribes() =>
        Assert.InRange(await CountAsync(received: 0, async () => await webhooks.EventAsync()), 0, 30);

    [Fact]
    public async Task Should_create_and_pay_in_few_where_nobody_subscribes() =>
        Assert.InRange(await CountAsync(received: 0, async () => await PayAsync(await webhooks.EventAsync())), 0, 30);

    private async Task PayAsync(string payment) => (await webhooks.Client.PayAsync(payment)).Expect(HttpStatusCode.OK);

    /// <summary>How many requests each of them takes.</summary>
    private async Task<double> CountAsync(int received, Func<Task> pay)
    {
        var app = webhooks.App;
        await pay();
        await EndAsync(received);
        app.HttpTraffic.Forget();
        app.BackgroundTraffic.Forget();

        for (var i = 0; i < Payments; i++)
            await pay();

        await EndAsync(received * (Payments + 1));
        var all = app.HttpTraffic.Requests.Concat(app.BackgroundTraffic.Requests).Where(request => !IsOfThisTest(request)).ToList();
        var messages = all.Count(request => request.IsQueue && request.Method == "POST");
        var each = (double)(all.Count(request => !request.IsQueue) + (2 * messages)) / Payments;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each:F2} requests for each, {messages} messages for {Payments}."));
        return each;
    }

    /// <summary>How many messages wait is asked by this test alone.</summary>
    private static bool IsOfThisTest(StorageRequest request) => request.Url.Query.Contains("comp=metadata", StringComparison.Ordinal);

    /// <summary>Waits until everything is delivered and no work is left, with a sweep in between.</summary>
    private async Task EndAsync(int received)
    {
        await webhooks.Receiver.WaitForAsync(received);
        await LocalHost.Eventually.TrueAsync(() => webhooks.App.Log.Of(3001).Count == received);
        await LocalHost.Eventually.TrueAsync(AreQueuesEmptyAsync);
        await webhooks.PassAsync(TimeSpan.FromSeconds(40));
        await LocalHost.Eventually.TrueAsync(AreQueuesEmptyAsync);
        Assert.Empty(await webhooks.DueRowsAsync());
        Assert.Empty(await StoredRows.OfAsync(webhooks.App.Connection, "paysgpayments", "o:"));
    }

    /// <summary>Whether every message was worked on and deleted.</summary>
    private async Task<bool> AreQueuesEmptyAsync()
    {
        foreach (var queue in webhooks.App.Services.GetRequiredService<PaySgQueues>().All)
        {
            if ((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0)
                return false;
        }

        return true;
    }
}
