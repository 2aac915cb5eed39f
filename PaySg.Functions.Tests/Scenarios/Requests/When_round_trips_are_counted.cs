using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What each operation costs in storage round trips, uncontended, with access cached.</summary>
public sealed class When_round_trips_are_counted : IAsyncLifetime
{
    private readonly StorageTraffic fanOut = new();
    private readonly StorageTraffic delivery = new();
    private PaySgApp app = null!;

    /// <summary>Without what is remembered for ten seconds: who subscribes to what.</summary>
    private List<StorageRequest> TableRequests =>
        [.. app.HttpTraffic.TableRequests.Where(request => !request.Url.AbsolutePath.EndsWith("/paysgwebhooks()", StringComparison.Ordinal))];

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (group, services) =>
        {
            if (group == "http")
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new StillClock()));
            if (group == "function:WorkOutbox")
                services.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(fanOut));
            if (group == "function:DeliverWebhook")
                services.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(delivery));
        });
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_create_in_one_round_trip_and_a_nudge_for_whom_it_may_interest()
    {
        await app.Client.CreatedPaymentAsync();

        Assert.True(Assert.Single(TableRequests).IsTransaction);
        Assert.Empty(app.HttpTraffic.QueueRequests);

        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.BaseAddress).For("payment.created"));
        app.HttpTraffic.Forget();
        await app.Client.CreatedPaymentAsync();

        Assert.True(Assert.Single(TableRequests).IsTransaction);
        Assert.Single(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    public async Task Should_create_with_an_idempotency_key_in_one_and_replay_in_two()
    {
        var first = (await app.Client.CreatePaymentAsync(idempotencyKey: "key-1")).Expect(HttpStatusCode.Created);
        Assert.Single(TableRequests);
        app.HttpTraffic.Forget();

        var replay = (await app.Client.CreatePaymentAsync(idempotencyKey: "key-1")).Expect(HttpStatusCode.Created);

        Assert.Equal(first.Body, replay.Body);
        Assert.Equal("true", replay.Headers["Idempotent-Replayed"]);
        Assert.Equal(2, app.HttpTraffic.TableRequests.Count);
        Assert.Empty(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    public async Task Should_get_in_one()
    {
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Single(app.HttpTraffic.Requests);
    }

    [Fact]
    public async Task Should_pay_in_three_besides_the_gateway_and_a_nudge()
    {
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.BaseAddress).For("payment.succeeded"));
        await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        var gateway = TableRequests.Where(request => request.Writes("paysgsandbox")).ToList();
        Assert.Single(gateway);
        Assert.Equal(3, TableRequests.Count - gateway.Count);
        Assert.Single(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    public async Task Should_pay_on_a_link_in_four_besides_the_gateway_and_a_nudge()
    {
        var link = await app.AddLinkAsync();
        await app.Client.AttemptAsync(await app.AddLinkAsync());

        // The first attempt marks the link; the others leave it alone until they are paid.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            app.HttpTraffic.Forget();

            (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);

            var gateway = app.HttpTraffic.TableRequests.Where(request => request.Writes("paysgsandbox")).ToList();
            Assert.Single(gateway);
            Assert.Equal(
                ["GET", "GET", "POST", "POST"], app.HttpTraffic.TableRequests.Except(gateway).Select(request => request.Method));
            Assert.Single(app.HttpTraffic.QueueRequests);
        }
    }

    [Fact]
    public async Task Should_fan_out_and_deliver_to_two_endpoints_in_five_and_no_message()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());
        await receiver.WaitForAsync(2);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(3001).Count == 2);
        var id = await app.Client.CreatedPaymentAsync();
        await LocalHost.Eventually.TrueAsync(() => fanOut.TableRequests.Any(request => request.Method == "DELETE"));
        fanOut.Forget();
        delivery.Forget();

        await app.Client.PayAsync(id);
        await receiver.WaitForAsync(4);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(3001).Count == 4);
        await LocalHost.Eventually.TrueAsync(() => fanOut.TableRequests.Any(request => request.Method == "DELETE"));

        Assert.Equal(3 + 2, fanOut.Requests.Count);
        Assert.Empty(delivery.Requests);
    }
}
