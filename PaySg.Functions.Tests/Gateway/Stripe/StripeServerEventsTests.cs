using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Tests.Fixtures;
using Stripe;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>Events and the hosted page of the Stripe of the tests.</summary>
public sealed class StripeServerEventsTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private StripeServer server = null!;
    private StripeClient client = null!;

    public async Task InitializeAsync()
    {
        server = await StripeServer.StartAsync(clock);
        client = server.Client();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_event_says_what_was_and_can_be_asked_for()
    {
        var card = await StripeCalls.PaidCardAsync(server, server.Client("acct_1"), clock.GetUtcNow());
        await server.Client("acct_1").V1.Refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 100), StripeCalls.Key("refund:re_1"));

        var told = server.Events.All;
        Assert.Equal(["payment_intent.succeeded", "checkout.session.completed", "refund.created"], told.Select(each => each.Type));
        var completed = await server.Client("acct_1").V1.Events.GetAsync(told[1].Id);
        Assert.Equal(("acct_1", false, StripeEvents.ApiVersion), (completed.Account, completed.Livemode, completed.ApiVersion));
        Assert.Equal("paid", Assert.IsType<global::Stripe.Checkout.Session>(completed.Data.Object).PaymentStatus);
        Assert.Null(completed.Request.Id);
        var refunded = await server.Client("acct_1").V1.Events.GetAsync(told[2].Id);
        Assert.Equal("refund:re_1", refunded.Request.IdempotencyKey);
        Assert.Equal("re_1", Assert.IsType<Refund>(refunded.Data.Object).Metadata["refund_id"]);
        await StripeCalls.RefusedAsync(404, "resource_missing", () => client.V1.Events.GetAsync(told[1].Id));
    }

    [Fact]
    public async Task Events_wait_until_they_are_delivered_lost_doubled_or_mixed_up()
    {
        await using var receiver = await StripeEventReceiver.StartAsync();
        var card = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow());
        await client.V1.Refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 100));
        await StripeCalls.PaidPayNowAsync(server, client);
        var waiting = server.Events.Waiting;
        Assert.Equal(4, waiting.Count);

        server.Events.Lose(waiting[0]);
        Assert.Equal(HttpStatusCode.NoContent, await server.Events.DeliverAsync(waiting[2], receiver.Url));
        Assert.Equal(HttpStatusCode.NoContent, await server.Events.DeliverAsync(waiting[2], receiver.Url));
        await server.Events.DeliverAllAsync(receiver.Url, order: static next => next.Reverse());

        Assert.Empty(server.Events.Waiting);
        Assert.Equal([waiting[2].Id, waiting[2].Id, waiting[3].Id, waiting[1].Id], receiver.All.Select(received => Read(received).Id));
    }

    [Fact]
    public async Task An_event_may_come_twice_with_two_ids_or_signed_long_ago_or_by_another()
    {
        await using var receiver = await StripeEventReceiver.StartAsync();
        await StripeCalls.PaidPayNowAsync(server, client);
        var told = server.Events.All[0];
        var again = server.Events.Again(told);
        await server.Events.DeliverAllAsync(receiver.Url);
        Assert.Equal([told.Id, again.Id], receiver.All.Select(received => Read(received).Id));
        Assert.NotEqual(told.Id, again.Id);
        Assert.Equal(again.Id, (await client.V1.Events.GetAsync(again.Id)).Id);

        await server.Events.DeliverAsync(told, receiver.Url, signed: clock.GetUtcNow().AddSeconds(-301));
        Assert.Throws<StripeException>(() => Read(receiver.All[2]));
        await server.Events.DeliverAsync(told, receiver.Url, secret: "whsec_other");
        Assert.Throws<StripeException>(() => Read(receiver.All[3]));
    }

    [Fact]
    public async Task Events_are_delivered_at_once_if_the_test_says_so_and_those_refused_wait()
    {
        await using var receiver = await StripeEventReceiver.StartAsync();
        server.Events.DeliverTo = receiver.Url;
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        await server.Events.IdleAsync();
        Assert.Equal(intent.Id, Assert.IsType<PaymentIntent>(Read(Assert.Single(receiver.All)).Data.Object).Id);
        Assert.Empty(server.Events.Waiting);

        receiver.Status = StatusCodes.Status500InternalServerError;
        await client.V1.Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1));
        await server.Events.IdleAsync();
        Assert.Equal("refund.created", Assert.Single(server.Events.Waiting).Type);
        server.Events.DeliverTo = new Uri("http://127.0.0.1:1/");
        await client.V1.Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1));
        await server.Events.IdleAsync();
        Assert.Equal(2, server.Events.Waiting.Count);
    }

    [Fact]
    public async Task A_payer_pays_on_the_page_after_a_card_was_declined()
    {
        var session = await client.V1.Checkout.Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = await browser.GetStringAsync(new Uri(session.Url));
        Assert.Contains("Dog licence &amp; tag", page, StringComparison.Ordinal);
        Assert.Contains("SGD 11.30", page, StringComparison.Ordinal);
        var forms = Regex.Matches(page, "action=\"(?<path>[^\"]+)\"><button type=\"submit\">(?<name>\\w+)", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(["Pay", "Back"], forms.Select(form => form.Groups["name"].Value));
        Task<HttpResponseMessage> Press(int form) => browser.PostAsync(new Uri(server.Address, forms[form].Groups["path"].Value), content: null);

        Assert.Equal("https://pay.example.com/back", (await Press(1)).Headers.Location!.OriginalString);
        server.DeclineNextCard("insufficient_funds");
        Assert.Contains("declined", await (await Press(0)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal($"https://pay.example.com/done?session={session.Id}", (await Press(0)).Headers.Location!.OriginalString);

        Assert.Contains("not available", await (await Press(0)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("<form", await browser.GetStringAsync(new Uri(session.Url)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri(server.Address, "/c/pay/cs_test_1"))).StatusCode);
        Assert.Equal(["payment_intent.payment_failed", "payment_intent.succeeded", "checkout.session.completed"], server.Events.All.Select(told => told.Type));
    }

    private Event Read((string Body, string Signature) received) =>
        EventUtility.ConstructEvent(received.Body, received.Signature, server.Events.Secret, 300, clock.GetUtcNow().ToUnixTimeSeconds(), throwOnApiVersionMismatch: true);
}
