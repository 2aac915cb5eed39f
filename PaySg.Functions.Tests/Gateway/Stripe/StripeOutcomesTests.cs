using System.Net;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Stripe;
using Stripe;
using Stripe.Checkout;
using ChargeOutcome = PaySg.Functions.Gateway.ChargeOutcome;

namespace PaySg.Functions.Tests.Gateway.Stripe;

[Trait("Category", "Rules")]
public sealed class StripeOutcomesTests
{
    private static readonly AttemptKey Key = new("payment_service_1", "P1", "att_1");
    private static readonly GatewayAttempt Attempt = new(Key, Money.OfCents(1130), MethodKinds.PayNow, DateTimeOffset.UnixEpoch);
    private static readonly GatewayRefund Asked = new(Attempt, "re_1", Money.OfCents(130), DateTimeOffset.UnixEpoch);
    private static readonly StripeOutcomes Outcomes = new(isLive: false);

    [Theory]
    [InlineData("canceled", ChargeState.Voided)]
    [InlineData("processing", ChargeState.Pending)]
    [InlineData("requires_action", ChargeState.Pending)]
    [InlineData("requires_payment_method", ChargeState.Unknown)]
    [InlineData("requires_confirmation", ChargeState.Unknown)]
    [InlineData("succeeded", ChargeState.Succeeded)]
    public void An_intent_says_what_became_of_the_attempt(string status, object expected) =>
        Assert.Equal(new ChargeOutcome((ChargeState)expected, Reference: "pi_1"), Outcomes.Of(Intent(intent => intent.Status = status), Attempt));

    [Theory]
    [InlineData("insufficient_funds", "card_declined", "insufficient_funds")]
    [InlineData(null, "payment_intent_payment_attempt_failed", "payment_intent_payment_attempt_failed")]
    [InlineData(null, null, "declined")]
    public void A_refusal_says_why(string? declineCode, string? code, string expected)
    {
        var intent = Intent(each => (each.Status, each.LastPaymentError) = ("requires_payment_method", new StripeError { DeclineCode = declineCode, Code = code }));

        Assert.Equal(new ChargeOutcome(ChargeState.Declined, expected, "pi_1"), Outcomes.Of(intent, Attempt));
    }

    [Fact]
    public void A_card_is_known_by_its_brand_and_last_digits_where_the_charge_was_read()
    {
        var intent = Intent(read => read.Status = "succeeded");
        Assert.Null(Outcomes.Of(intent, Attempt).Card);

        intent.LatestCharge = new Charge { PaymentMethodDetails = new ChargePaymentMethodDetails { Card = new ChargePaymentMethodDetailsCard { Brand = "visa", Last4 = "4242" } } };
        Assert.Equal(new ChargedCard("visa", "4242"), Outcomes.Of(intent, Attempt).Card);
        intent.LatestCharge.PaymentMethodDetails.Card = null;
        Assert.Null(Outcomes.Of(intent, Attempt).Card);
    }

    [Fact]
    public void A_QR_code_is_the_next_step()
    {
        var intent = Intent(each => (each.Status, each.NextAction) = (
            "requires_action", new PaymentIntentNextAction { PaynowDisplayQrCode = new PaymentIntentNextActionPaynowDisplayQrCode { Data = "00020101" } }));

        Assert.Equal(new ChargeOutcome(ChargeState.Pending, Reference: "pi_1", NextStep: NextStep.QrCode("00020101")), Outcomes.Of(intent, Attempt));
    }

    [Theory]
    [InlineData("open", "unpaid", ChargeState.Pending, null, "cs_1", "https://checkout.stripe.com/c/pay/cs_1")]
    [InlineData("complete", "unpaid", ChargeState.Pending, null, "cs_1", null)]
    [InlineData("expired", "unpaid", ChargeState.Voided, "expired", "cs_1", null)]
    [InlineData("complete", "paid", ChargeState.Succeeded, null, "pi_1", null)]
    public void A_session_says_what_became_of_the_attempt(string status, string payment, object expected, string? reason, string reference, string? redirect)
    {
        var session = Session(each => (each.Status, each.PaymentStatus) = (status, payment));

        Assert.Equal(
            new ChargeOutcome((ChargeState)expected, reason, reference, redirect is null ? null : NextStep.Redirect(redirect)), Outcomes.Of(session, Attempt));
    }

    [Fact]
    public void What_is_not_known_is_no_answer()
    {
        Assert.Equal("The payment intent pi_1 has the status 'requires_capture', of which nothing is known.", Why(() => Outcomes.Of(Intent(each => each.Status = "requires_capture"), Attempt)));
        Assert.Equal("The payment intent pi_1 has the status '', of which nothing is known.", Why(() => Outcomes.Of(Intent(each => each.Status = null), Attempt)));
        Assert.Equal("An object came without an id.", Why(() => Outcomes.Of(Intent(each => each.Id = ""), Attempt)));
        Assert.Equal("An object came without an id.", Why(() => Outcomes.Of(new PaymentIntent(), Attempt)));
        Assert.Equal("The session cs_1 is '(paused, paid)', of which nothing is known.", Why(() => Outcomes.Of(Session(each => each.Status = "paused"), Attempt)));
        Assert.Equal("The session cs_1 is '(open, paid)', of which nothing is known.", Why(() => Outcomes.Of(Session(each => (each.Status, each.Url) = ("open", "")), Attempt)));
        Assert.Equal("The session cs_1 is paid and names no payment intent.", Why(() => Outcomes.Of(Session(each => each.PaymentIntent = null), Attempt)));
        Assert.Equal("The refund re_stripe has the status 'on_hold', of which nothing is known.", Why(() => StripeOutcomes.Of(Refund(each => each.Status = "on_hold"), Asked)));
        Assert.Equal("A refund came without an id.", Why(() => StripeOutcomes.Of(Refund(each => each.Id = ""), Asked)));
        Assert.Equal("A refund came without an id.", Why(() => StripeOutcomes.Of(new Refund(), Asked)));
    }

    [Fact]
    public void An_object_that_does_not_agree_with_what_is_stored_is_not_believed()
    {
        Assert.Equal("it is of live mode", Mismatch(each => each.Livemode = true));
        Assert.Equal("it is 1130 usd, not 1130 sgd", Mismatch(each => each.Currency = "usd"));
        Assert.Equal("it is 1129 sgd, not 1130 sgd", Mismatch(each => each.Amount = 1129));
        Assert.Equal("its metadata names another attempt", Mismatch(each => each.Metadata["attempt"] = "att_2"));
        Assert.Equal("its metadata names another attempt", Mismatch(each => each.Metadata["charge"] = "P2"));
        Assert.Equal("its metadata names another attempt", Mismatch(each => each.Metadata["owner"] = "payment_service_2"));
        Assert.Equal("its metadata names another attempt", Mismatch(each => each.Metadata = null));
        Assert.Equal("1129 of 1130 cents were received", Mismatch(each => each.AmountReceived = 1129));
        Assert.Equal("it is of test mode", Difference(() => new StripeOutcomes(isLive: true).Of(Intent(_ => { }), Attempt)));
        Assert.Equal("it is 1130 sgd, not 1130 sgd", Difference(() => Outcomes.Of(Intent(_ => { }), Attempt with { Amount = Money.OfRupiah(1130) })));
        Assert.Equal("it is 1129 sgd, not 1130 sgd", Difference(() => Outcomes.Of(Session(each => each.AmountTotal = 1129), Attempt)));
        Assert.Equal("it is 129 sgd, not 130 sgd", Difference(() => StripeOutcomes.Of(Refund(each => each.Amount = 129), Asked)));
        Assert.Equal("it is 130 usd, not 130 sgd", Difference(() => StripeOutcomes.Of(Refund(each => each.Currency = "usd"), Asked)));
        Assert.Equal("its metadata names another refund", Difference(() => StripeOutcomes.Of(Refund(each => each.Metadata["refund_id"] = "re_2"), Asked)));
        Assert.Equal("its metadata names another refund", Difference(() => StripeOutcomes.Of(Refund(each => each.Metadata["attempt"] = "att_2"), Asked)));
        Assert.Equal("its metadata names another refund", Difference(() => StripeOutcomes.Of(Refund(each => each.Metadata = null), Asked)));
    }

    [Theory]
    [InlineData("succeeded", RefundState.Succeeded, null)]
    [InlineData("pending", RefundState.Pending, null)]
    [InlineData("requires_action", RefundState.Pending, null)]
    [InlineData("canceled", RefundState.Refused, "canceled")]
    [InlineData("failed", RefundState.Refused, "failed")]
    public void A_refund_says_what_became_of_it(string status, object expected, string? reason) =>
        Assert.Equal(new RefundOutcome((RefundState)expected, reason, "re_stripe"), StripeOutcomes.Of(Refund(each => each.Status = status), Asked));

    [Fact]
    public void A_refund_that_failed_says_why() => Assert.Equal(
        new RefundOutcome(RefundState.Refused, "lost_or_stolen_card", "re_stripe"),
        StripeOutcomes.Of(Refund(each => (each.Status, each.FailureReason) = ("failed", "lost_or_stolen_card")), Asked));

    [Fact]
    public void A_card_error_and_a_listed_code_refuse_a_charge_for_good_and_nothing_else_does()
    {
        Assert.Equal(new ChargeOutcome(ChargeState.Declined, "insufficient_funds"), StripeOutcomes.ChargeRefusedBy(Fault(402, "card_error", "card_declined", "insufficient_funds")));
        foreach (var code in (string[])["amount_too_large", "amount_too_small", "account_invalid", "payment_method_provider_decline", "payment_method_not_available", "payment_method_unactivated", "parameter_invalid_integer"])
            Assert.Equal(new ChargeOutcome(ChargeState.Declined, code), StripeOutcomes.ChargeRefusedBy(Fault(400, "invalid_request_error", code)));

        Assert.Equal(new ChargeOutcome(ChargeState.Declined, "declined"), StripeOutcomes.ChargeRefusedBy(Fault(402, "card_error", null)));
        Assert.Null(StripeOutcomes.ChargeRefusedBy(Fault(400, "invalid_request_error", "something_new")));
        Assert.Null(StripeOutcomes.ChargeRefusedBy(Fault(400, "invalid_request_error", null)));
        Assert.Null(StripeOutcomes.ChargeRefusedBy(Fault(400, "idempotency_error", "amount_too_small")));
        Assert.Null(StripeOutcomes.ChargeRefusedBy(Fault(409, "invalid_request_error", "amount_too_small")));
        Assert.Null(StripeOutcomes.ChargeRefusedBy(new StripeException("The connection broke.")));
    }

    [Fact]
    public void A_listed_code_refuses_a_refund_for_good_and_nothing_else_does()
    {
        foreach (var code in (string[])["amount_too_large", "amount_too_small", "balance_insufficient", "charge_already_refunded", "charge_disputed", "charge_not_refundable", "insufficient_funds", "refund_disputed_payment"])
            Assert.Equal(RefundOutcome.Refused(code), StripeOutcomes.RefundRefusedBy(Fault(400, "invalid_request_error", code)));

        Assert.Null(StripeOutcomes.RefundRefusedBy(Fault(402, "card_error", "card_declined")));
        Assert.Null(StripeOutcomes.RefundRefusedBy(Fault(500, "api_error", "charge_disputed")));
        Assert.Null(StripeOutcomes.RefundRefusedBy(Fault(400, "idempotency_error", "charge_disputed")));
        Assert.Null(StripeOutcomes.RefundRefusedBy(new StripeException("The connection broke.")));
    }

    [Fact]
    public void An_error_about_the_state_of_an_object_is_one_of_the_request()
    {
        Assert.True(StripeOutcomes.IsOfState(Fault(400, "invalid_request_error", "payment_intent_unexpected_state")));
        Assert.False(StripeOutcomes.IsOfState(Fault(404, "invalid_request_error", "resource_missing")));
        Assert.False(StripeOutcomes.IsOfState(Fault(400, "idempotency_error", null)));
        Assert.False(StripeOutcomes.IsOfState(new StripeException("The connection broke.")));
    }

    private static string Mismatch(Action<PaymentIntent> change) => Difference(() => Outcomes.Of(Intent(change), Attempt));

    private static string Why(Action ask) => Assert.Throws<InvalidDataException>(ask).Message;

    private static string Difference(Action ask) => Assert.Throws<StripeMismatchException>(ask).Difference;

    private static PaymentIntent Intent(Action<PaymentIntent> change)
    {
        var intent = new PaymentIntent
        {
            Id = "pi_1", Status = "succeeded", Currency = "sgd", Amount = 1130, AmountReceived = 1130, Metadata = StripeMetadata.Of(Key),
        };
        change(intent);
        return intent;
    }

    private static Session Session(Action<Session> change)
    {
        var session = new Session
        {
            Id = "cs_1", Status = "complete", PaymentStatus = "paid", Currency = "sgd", AmountTotal = 1130, Url = "https://checkout.stripe.com/c/pay/cs_1",
            Metadata = StripeMetadata.Of(Key), PaymentIntent = Intent(_ => { }),
        };
        change(session);
        return session;
    }

    private static Refund Refund(Action<Refund> change)
    {
        var refund = new Refund { Id = "re_stripe", Status = "succeeded", Currency = "sgd", Amount = 130, Metadata = StripeMetadata.Of(Asked) };
        change(refund);
        return refund;
    }

    private static StripeException Fault(int status, string type, string? code, string? declineCode = null) =>
        new((HttpStatusCode)status, new StripeError { Type = type, Code = code, DeclineCode = declineCode }, "Stripe refused.");
}
