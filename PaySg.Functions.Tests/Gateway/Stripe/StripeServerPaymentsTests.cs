using PaySg.Functions.Tests.Fixtures;
using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>Payments at the Stripe of the tests, asked with the real client.</summary>
public sealed class StripeServerPaymentsTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private StripeServer server = null!;
    private StripeClient client = null!;

    private PaymentIntentService Intents => client.V1.PaymentIntents;

    private SessionService Sessions => client.V1.Checkout.Sessions;

    private string[] Told => [.. server.Events.All.Select(told => told.Type)];

    public async Task InitializeAsync()
    {
        server = await StripeServer.StartAsync(clock);
        client = server.Client();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task PayNow_shows_a_code_and_is_paid_by_its_payer()
    {
        var intent = await Intents.CreateAsync(StripeCalls.PayNow());

        Assert.Equal(("requires_action", 1130, "sgd", 0), (intent.Status, intent.Amount, intent.Currency, intent.AmountReceived));
        Assert.Equal("paynow_display_qr_code", intent.NextAction.Type);
        Assert.Matches(@"^000201010212.*540511\.305802SG.*6304[0-9A-F]{4}$", intent.NextAction.PaynowDisplayQrCode.Data);
        Assert.Equal(["paynow"], intent.PaymentMethodTypes);
        Assert.Equal("a name of digits", intent.Metadata["0"]);
        Assert.Null(intent.LatestChargeId);

        Assert.True(server.SettlePayNow(intent.Id, succeeds: true));
        Assert.False(server.SettlePayNow(intent.Id, succeeds: true));

        var paid = await Intents.GetAsync(intent.Id, new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction"] });
        Assert.Equal(("succeeded", 1130), (paid.Status, paid.AmountReceived));
        Assert.Null(paid.NextAction);
        Assert.Equal(("paynow", 1130, 15), (paid.LatestCharge.PaymentMethodDetails.Type, paid.LatestCharge.BalanceTransaction.Amount, paid.LatestCharge.BalanceTransaction.Fee));
        Assert.Equal("succeeded", (await client.V1.Charges.GetAsync(paid.LatestChargeId)).Status);
        Assert.Equal(["payment_intent.succeeded"], Told);
        Assert.Equal(1130, server.Books.Charged[intent.Id]);
        Assert.Equal(1, server.Books.ChargesPer("attempt_id")["att_1"]);
    }

    [Fact]
    public async Task PayNow_that_is_refused_or_too_late_can_be_tried_again()
    {
        var intent = await Intents.CreateAsync(StripeCalls.PayNow());
        Assert.True(server.SettlePayNow(intent.Id, succeeds: false));
        var failed = await Intents.GetAsync(intent.Id);
        Assert.Equal(("requires_payment_method", "payment_intent_payment_attempt_failed"), (failed.Status, failed.LastPaymentError.Code));

        var again = await Intents.ConfirmAsync(intent.Id, new PaymentIntentConfirmOptions { PaymentMethodData = new PaymentIntentPaymentMethodDataOptions { Type = "paynow" } });
        Assert.Equal("requires_action", again.Status);
        Assert.Null(again.LastPaymentError);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("requires_action", (await Intents.GetAsync(intent.Id)).Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(server.SettlePayNow(intent.Id, succeeds: true));
        Assert.Equal("payment_intent_payment_attempt_expired", (await Intents.GetAsync(intent.Id)).LastPaymentError.Code);
        Assert.Equal(["payment_intent.payment_failed", "payment_intent.payment_failed"], Told);
    }

    [Fact]
    public async Task An_intent_is_confirmed_in_a_call_of_its_own_and_not_twice()
    {
        var options = StripeCalls.PayNow();
        options.Confirm = null;
        var intent = await Intents.CreateAsync(options);
        Assert.Equal("requires_confirmation", intent.Status);
        Assert.Equal("requires_action", (await Intents.ConfirmAsync(intent.Id)).Status);
        var refusal = await StripeCalls.RefusedAsync(400, "payment_intent_unexpected_state", () => Intents.ConfirmAsync(intent.Id));
        Assert.Equal("requires_action", refusal.StripeError.PaymentIntent.Status);

        options.PaymentMethodData = null;
        var bare = await Intents.CreateAsync(options);
        Assert.Equal("requires_payment_method", bare.Status);
        await StripeCalls.RefusedAsync(400, "payment_intent_unexpected_state", () => Intents.ConfirmAsync(bare.Id));
    }

    [Fact]
    public async Task An_intent_is_cancelled_before_it_is_paid()
    {
        var intent = await Intents.CreateAsync(StripeCalls.PayNow());
        var canceled = await Intents.CancelAsync(intent.Id, new PaymentIntentCancelOptions { CancellationReason = "abandoned" });
        Assert.Equal(("canceled", "abandoned", clock.GetUtcNow().UtcDateTime), (canceled.Status, canceled.CancellationReason, canceled.CanceledAt));
        Assert.False(server.SettlePayNow(intent.Id, succeeds: true));
        await StripeCalls.RefusedAsync(400, "payment_intent_unexpected_state", () => Intents.CancelAsync(intent.Id));

        var paid = await StripeCalls.PaidPayNowAsync(server, client);
        var refusal = await StripeCalls.RefusedAsync(400, "payment_intent_unexpected_state", () => Intents.CancelAsync(paid.Id));
        Assert.Equal("succeeded", refusal.StripeError.PaymentIntent.Status);
        Assert.Equal(["payment_intent.canceled", "payment_intent.succeeded"], Told);
    }

    [Fact]
    public async Task A_card_is_charged_at_once_or_declined_with_its_intent_in_the_error()
    {
        var options = new PaymentIntentCreateOptions { Amount = 1000, Currency = "sgd", Confirm = true, PaymentMethod = "pm_card_visa", AllowedPaymentMethodTypes = ["card"] };
        Assert.Equal("succeeded", (await Intents.CreateAsync(options)).Status);

        options.PaymentMethod = "pm_card_visa_chargeDeclinedInsufficientFunds";
        var refusal = await StripeCalls.RefusedAsync(402, "card_declined", () => Intents.CreateAsync(options, StripeCalls.Key("k1")));
        Assert.Equal(("card_error", "insufficient_funds", "requires_payment_method"), (refusal.StripeError.Type, refusal.StripeError.DeclineCode, refusal.StripeError.PaymentIntent.Status));
        Assert.Equal("insufficient_funds", refusal.StripeError.PaymentIntent.LastPaymentError.DeclineCode);
        Assert.Equal(("failed", false), ((await client.V1.Charges.GetAsync(refusal.StripeError.Charge)).Status, (await client.V1.Charges.GetAsync(refusal.StripeError.Charge)).Paid));

        // A decline is a result: it is kept under its key.
        await StripeCalls.RefusedAsync(402, "card_declined", () => Intents.CreateAsync(options, StripeCalls.Key("k1")));
        Assert.True(server.Requests[^1].Replayed);
        Assert.Equal(2, server.Objects("payment_intent").Count);
    }

    [Fact]
    public async Task What_an_intent_cannot_be_made_of_is_refused()
    {
        var options = StripeCalls.PayNow();
        options.AddExtraParam("payment_method_types[]", "paynow");
        await StripeCalls.RefusedAsync(400, "payment_method_types_no_longer_supported", () => Intents.CreateAsync(options));

        options = StripeCalls.PayNow();
        options.AddExtraParam("colour", "red");
        var refusal = await StripeCalls.RefusedAsync(400, "parameter_unknown", () => Intents.CreateAsync(options));
        Assert.Equal("colour", refusal.StripeError.Param);

        await StripeCalls.RefusedAsync(400, "amount_too_small", () => Intents.CreateAsync(StripeCalls.PayNow(49)));
        await StripeCalls.RefusedAsync(400, "amount_too_large", () => Intents.CreateAsync(StripeCalls.PayNow(20_000_001)));
        await StripeCalls.RefusedAsync(400, "parameter_missing", () => Intents.CreateAsync(new PaymentIntentCreateOptions { Currency = "sgd" }));
        options = StripeCalls.PayNow();
        options.CaptureMethod = "manual";
        await StripeCalls.RefusedAsync(400, code: null, () => Intents.CreateAsync(options));
        options = StripeCalls.PayNow();
        options.Currency = "usd";
        await StripeCalls.RefusedAsync(400, "payment_intent_invalid_parameter", () => Intents.CreateAsync(options));
        options = StripeCalls.PayNow();
        options.AllowedPaymentMethodTypes = ["card"];
        await StripeCalls.RefusedAsync(400, "payment_intent_invalid_parameter", () => Intents.CreateAsync(options));
        Assert.Empty(server.Objects("payment_intent"));
        Assert.Equal(2, (await Task.WhenAll(Intents.CreateAsync(StripeCalls.PayNow(50)), Intents.CreateAsync(StripeCalls.PayNow(20_000_000)))).Length);
    }

    [Fact]
    public async Task A_session_is_paid_on_its_page()
    {
        var session = await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));

        Assert.Equal(("open", "unpaid", 1130, "sgd", "att_2"), (session.Status, session.PaymentStatus, session.AmountTotal, session.Currency, session.ClientReferenceId));
        Assert.Equal(clock.GetUtcNow().AddHours(1).UtcDateTime, session.ExpiresAt);
        Assert.StartsWith(server.Address.AbsoluteUri + "c/pay/cs_test_", session.Url, StringComparison.Ordinal);
        Assert.Null(session.PaymentIntentId);

        Assert.True(server.PayCard(session.Id));
        Assert.False(server.PayCard(session.Id));

        var paid = await Sessions.GetAsync(session.Id, new SessionGetOptions { Expand = ["payment_intent.latest_charge"] });
        Assert.Equal(("complete", "paid", null), (paid.Status, paid.PaymentStatus, paid.Url));
        Assert.Equal(("succeeded", "att_2", "4242"), (paid.PaymentIntent.Status, paid.PaymentIntent.Metadata["attempt_id"], paid.PaymentIntent.LatestCharge.PaymentMethodDetails.Card.Last4));
        Assert.Equal(["payment_intent.succeeded", "checkout.session.completed"], Told);
        await StripeCalls.RefusedAsync(400, code: null, () => Sessions.ExpireAsync(session.Id));
        Assert.Equal(1, server.Books.ChargesPer("attempt_id")["att_2"]);
    }

    [Fact]
    public async Task A_session_stays_open_while_cards_are_declined()
    {
        var session = await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
        Assert.True(server.DeclineCard(session.Id, "insufficient_funds"));
        Assert.True(server.DeclineCard(session.Id, "expired_card"));

        var open = await Sessions.GetAsync(session.Id, new SessionGetOptions { Expand = ["payment_intent"] });
        Assert.Equal(("open", "requires_payment_method", "expired_card"), (open.Status, open.PaymentIntent.Status, open.PaymentIntent.LastPaymentError.Code));
        await StripeCalls.RefusedAsync(400, "payment_intent_unexpected_state", () => Intents.CancelAsync(open.PaymentIntentId));

        Assert.True(server.PayCard(session.Id));
        Assert.Equal(open.PaymentIntentId, (await Sessions.GetAsync(session.Id)).PaymentIntentId);
        Assert.Equal(["payment_intent.payment_failed", "payment_intent.payment_failed", "payment_intent.succeeded", "checkout.session.completed"], Told);
        Assert.Equal(1, server.Books.ChargesPer("attempt_id")["att_2"]);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_told_to_or_its_time_has_come()
    {
        var told = await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
        Assert.Equal("expired", (await Sessions.ExpireAsync(told.Id)).Status);
        Assert.False(server.PayCard(told.Id));
        await StripeCalls.RefusedAsync(400, code: null, () => Sessions.ExpireAsync(told.Id));

        var late = await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
        server.DeclineCard(late.Id);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(server.PayCard(late.Id));
        var expired = await Sessions.GetAsync(late.Id, new SessionGetOptions { Expand = ["payment_intent"] });
        Assert.Equal(("expired", null, "canceled"), (expired.Status, expired.Url, expired.PaymentIntent.Status));
        Assert.Equal(["checkout.session.expired", "payment_intent.payment_failed", "payment_intent.canceled", "checkout.session.expired"], Told);
    }

    [Fact]
    public async Task A_session_lives_for_half_an_hour_to_a_day()
    {
        async Task<DateTime> Until(TimeSpan life)
        {
            var options = StripeCalls.Card(clock.GetUtcNow());
            options.ExpiresAt = (clock.GetUtcNow() + life).UtcDateTime;
            return (await Sessions.CreateAsync(options)).ExpiresAt;
        }

        await StripeCalls.RefusedAsync(400, code: null, () => Until(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1)));
        await StripeCalls.RefusedAsync(400, code: null, () => Until(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1)));
        Assert.Equal(clock.GetUtcNow().AddMinutes(30).UtcDateTime, await Until(TimeSpan.FromMinutes(30)));
        Assert.Equal(clock.GetUtcNow().AddHours(24).UtcDateTime, await Until(TimeSpan.FromHours(24)));
    }

    [Fact]
    public async Task A_session_may_be_complete_before_its_money_has_come()
    {
        var sessions = new[] { await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow())), await Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow())) };
        Assert.All(sessions, session => Assert.True(server.PayLater(session.Id)));
        Assert.Equal(("complete", "unpaid"), ((await Sessions.GetAsync(sessions[0].Id)).Status, (await Sessions.GetAsync(sessions[0].Id)).PaymentStatus));

        Assert.True(server.SettleSession(sessions[0].Id, succeeds: true));
        Assert.True(server.SettleSession(sessions[1].Id, succeeds: false));
        Assert.False(server.SettleSession(sessions[1].Id, succeeds: true));

        Assert.Equal("paid", (await Sessions.GetAsync(sessions[0].Id)).PaymentStatus);
        Assert.Equal("unpaid", (await Sessions.GetAsync(sessions[1].Id)).PaymentStatus);
        Assert.Equal(
            [
                "checkout.session.completed", "checkout.session.completed", "payment_intent.succeeded", "checkout.session.async_payment_succeeded",
                "payment_intent.payment_failed", "checkout.session.async_payment_failed",
            ],
            Told);
    }

    [Fact]
    public async Task An_account_sees_its_own_objects_only()
    {
        var intent = await Intents.CreateAsync(StripeCalls.PayNow(), new RequestOptions { StripeAccount = "acct_1" });
        Assert.Equal("acct_1", server.Requests[^1].Account);

        Assert.Equal(intent.Id, (await server.Client("acct_1").V1.PaymentIntents.GetAsync(intent.Id)).Id);
        await StripeCalls.RefusedAsync(404, "resource_missing", () => Intents.GetAsync(intent.Id));
        await StripeCalls.RefusedAsync(404, "resource_missing", () => server.Client("acct_2").V1.PaymentIntents.GetAsync(intent.Id));
        await StripeCalls.RefusedAsync(404, "resource_missing", () => server.Client("acct_1", StripeServer.LiveKey).V1.PaymentIntents.GetAsync(intent.Id));
        await StripeCalls.RefusedAsync(404, "resource_missing", () => server.Client("acct_2").V1.Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1)));
        server.Revoke("acct_1");
        await StripeCalls.RefusedAsync(403, "account_invalid", () => server.Client("acct_1").V1.PaymentIntents.GetAsync(intent.Id));
    }

    [Fact]
    public async Task A_key_says_who_asks_and_in_which_mode()
    {
        Assert.False((await Intents.CreateAsync(StripeCalls.PayNow())).Livemode);
        Assert.True((await server.Client(key: StripeServer.LiveKey).V1.PaymentIntents.CreateAsync(StripeCalls.PayNow())).Livemode);
        Assert.True((await server.Client(key: "rk_live_1").V1.PaymentIntents.CreateAsync(StripeCalls.PayNow())).Livemode);
        Assert.StartsWith("cs_live_", (await server.Client(key: StripeServer.LiveKey).V1.Checkout.Sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()))).Id, StringComparison.Ordinal);
        Assert.Equal("Bearer " + StripeServer.TestKey, server.Requests[0].Headers["Authorization"]);
        Assert.Equal(StripeEvents.ApiVersion, server.Requests[0].Version);

        await StripeCalls.RefusedAsync(401, code: null, () => server.Client(key: "pk_test_1").V1.PaymentIntents.GetAsync("pi_1"));
        await StripeCalls.RefusedAsync(401, code: null, () => server.Client(key: "anything").V1.PaymentIntents.GetAsync("pi_1"));
        server.Revoke(StripeServer.TestKey);
        await StripeCalls.RefusedAsync(401, code: null, () => Intents.GetAsync("pi_1"));
    }

    [Fact]
    public async Task What_cannot_be_expanded_is_refused()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        var refusal = await StripeCalls.RefusedAsync(400, code: null, () => Intents.GetAsync(intent.Id, new PaymentIntentGetOptions { Expand = ["latest_charge.colour"] }));
        Assert.Equal("This property cannot be expanded (colour).", refusal.StripeError.Message);
        await StripeCalls.RefusedAsync(400, code: null, () => Intents.GetAsync(intent.Id, new PaymentIntentGetOptions { Expand = ["status"] }));
    }
}
