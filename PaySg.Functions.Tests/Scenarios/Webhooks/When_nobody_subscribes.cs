using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// An event that nobody subscribes to costs no message, and the sweep deletes its outbox row. What a process remembers of an owner's endpoints may be ten
/// seconds old, and costs a new endpoint nothing but time: what its message would have brought comes with the first sweep that finds the row late.
/// </summary>
public sealed class When_nobody_subscribes : IAsyncLifetime
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(36);
    private WebhookApp webhooks = null!;

    public async Task InitializeAsync() => webhooks = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await webhooks.DisposeAsync();

    [Fact]
    public async Task Should_send_no_message_and_delete_a_hundred_rows_by_one_transaction()
    {
        await webhooks.EndpointAsync("payment.refunded");
        await Parallel.ForAsync(0, 150, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await webhooks.EventAsync());
        Assert.Empty(webhooks.App.HttpTraffic.QueueRequests);
        await webhooks.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(150, await OutboxRowsAsync());
        webhooks.App.HttpTraffic.Forget();

        await webhooks.PassAsync(Late);

        Assert.Equal(0, await OutboxRowsAsync());
        Assert.Empty(webhooks.App.HttpTraffic.QueueRequests);
        Assert.Equal(2, webhooks.App.HttpTraffic.TableRequests.Count(request => request.Writes("paysgpayments")));
        Assert.Equal(1, webhooks.App.HttpTraffic.TableRequests.Count(request => request.Url.AbsolutePath.EndsWith("/paysgpayments()", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_deliver_at_once_to_an_endpoint_that_this_process_made()
    {
        await webhooks.EventAsync();
        var endpoint = await webhooks.EndpointAsync("payment.created");

        await webhooks.EventAsync();

        await webhooks.Client.DeliveryAsync(endpoint, "delivered");
    }

    [Fact]
    public async Task Should_deliver_with_the_next_sweep_to_an_endpoint_that_another_process_made_within_the_ten_seconds()
    {
        await webhooks.EventAsync();
        var endpoint = await EndpointOfAnotherProcessAsync();
        await webhooks.EventAsync();
        Assert.Empty(webhooks.App.HttpTraffic.QueueRequests);

        await webhooks.PassAsync(Late);

        // It gets the event before it came as well: that one's outbox row stood still.
        var received = await webhooks.Receiver.WaitForAsync(2);
        Assert.Equal(2, received.Select(webhook => webhook.EventId).Distinct().Count());
        await LocalHost.Eventually.TrueAsync(async () => await OutboxRowsAsync() == 0);
        Assert.Equal(2, (await webhooks.Client.GetAsync(ApiClient.DeliveriesPath(endpoint))).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Should_deliver_at_once_to_an_endpoint_that_another_process_made_when_the_ten_seconds_are_over()
    {
        await webhooks.EventAsync();
        var endpoint = await EndpointOfAnotherProcessAsync();
        webhooks.Clock.Shift += TimeSpan.FromSeconds(10);

        await webhooks.EventAsync();

        // No sweep has come.
        await webhooks.Client.DeliveryAsync(endpoint, "delivered");
    }

    [Fact]
    public async Task Should_nudge_where_it_cannot_be_read_who_subscribes()
    {
        await webhooks.EndpointAsync("payment.created");
        webhooks.App.HttpTraffic.BeforeSend = static request =>
        {
            if (request.Url.AbsolutePath.EndsWith("/paysgwebhooks()", StringComparison.Ordinal))
                throw new IOException("The table cannot be reached.");
        };

        await webhooks.EventAsync();

        await webhooks.Receiver.WaitForAsync(1);
        webhooks.App.HttpTraffic.BeforeSend = static _ => { };
    }

    /// <summary>An endpoint for every event at the receiver, registered with another process.</summary>
    private async Task<string> EndpointOfAnotherProcessAsync()
    {
        await using var other = await PaySgApp.StartAsync(
            webhooks.App.Connection,
            new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true", ["AzureWebJobs.WorkOutbox.Disabled"] = "true", ["AzureWebJobs.DeliverWebhook.Disabled"] = "true" },
            (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(webhooks.Clock)));
        return (await other.Client.RegisteredEndpointAsync(A.WebhookEndpoint(webhooks.Receiver.Url))).Id;
    }

    private async Task<int> OutboxRowsAsync() => (await StoredRows.OfAsync(webhooks.App.Connection, "paysgpayments", "o:")).Count;
}
