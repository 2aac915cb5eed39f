using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

/// <summary>What a gateway tells of a payment: where an attempt stands, refunds, disputes, payouts.</summary>
[Trait("Category", "Rules")]
public sealed class PaymentMoneyTests
{
    private const string Attempt = "att_0192f2a0-0000-7000-8000-000000000000";
    private static readonly DateTimeOffset Created = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Later = Created.AddMinutes(7);
    private static readonly ChargeDispute Dispute = new("dp_1", 1130, "fraudulent", DisputeStatus.Open, Created);
    private static readonly ChargePayout Payout = new("po_1", 38, Later.AddDays(2), HasFailed: false);

    [Fact]
    public void An_attempt_is_told_to_the_payment_as_far_as_its_page_must_know()
    {
        var begun = new ChargeAttempt { Id = Attempt, PaymentId = "P1", Method = MethodKinds.PayNow, Handle = GatewayHandle.Of("acct_1"), CreatedAt = Created, UpdatedAt = Created };
        var pending = begun.Learn(new ChargeOutcome(ChargeState.Pending, Reference: "pi_1", NextStep: NextStep.QrCode("0002")));

        Assert.Equal(new GatewayHandle("acct_1", "pi_1"), pending.Handle);
        Assert.Equal(pending, pending.Learn(new ChargeOutcome(ChargeState.Pending)));
        Assert.Equal(NextStep.Redirect("https://x"), pending.Learn(new ChargeOutcome(ChargeState.Pending, NextStep: NextStep.Redirect("https://x"))).NextStep);
        var card = new ChargedCard("visa", "4242");
        Assert.Equal(card, begun.Learn(new ChargeOutcome(ChargeState.Pending) { Card = card }).Learn(new ChargeOutcome(ChargeState.Succeeded)).Card);
        Assert.Equal(card, (begun with { Card = new ChargedCard("amex", "0005") }).Learn(new ChargeOutcome(ChargeState.Succeeded) { Card = card }).Card);
        var payment = Unpaid().BeginAttempt(begun, PaymentSteps.Board, Later);
        Assert.Equal(new GatewayHandle("acct_1"), payment.LiveAttempt!.Handle);
        payment = payment.PendAttempt(pending);
        Assert.Equal((true, pending.Handle, pending.NextStep), (payment.LiveAttempt!.IsPending, payment.LiveAttempt.Handle, payment.LiveAttempt.NextStep));
        Assert.Equal(payment.AtGateway(Attempt, MethodKinds.PayNow, pending.Handle), payment.AtGateway(payment.LiveAttempt));
        Assert.Same(payment, payment.PendAttempt(pending with { Id = "att_other" }));
        var paid = payment.Pay(pending, Later);
        Assert.Equal((Attempt, MethodKinds.PayNow, pending.Handle, null), (paid.PaidByAttemptId, paid.PaidMethod, paid.PaidHandle, paid.LiveAttempt));
        Assert.Null(GatewayHandle.Of(null));
    }

    [Fact]
    public void A_refund_that_the_gateway_has_taken_has_its_name_and_changes_nothing_else()
    {
        var asked = Paid().BeginRefund(Refund("re_1"));

        var taken = asked.PendRefund("re_1", "re_stripe");

        Assert.Equal([Refund("re_1") with { Reference = "re_stripe" }], taken.Refunds);
        Assert.Equal(asked, taken with { Refunds = asked.Refunds });
        Assert.Equal(asked.Refunds, asked.PendRefund("re_2", "re_stripe").Refunds);
    }

    [Fact]
    public void What_came_back_may_be_refunded_again()
    {
        var refunded = Paid().BeginRefund(Refund("re_1")).EndRefund("re_1", RefundStatus.Succeeded, Later);
        Assert.Equal(1000, refunded.RefundableInCents);

        var failed = refunded.EndRefund("re_1", RefundStatus.Failed, Later.AddDays(1), "lost_or_stolen_card");

        Assert.Equal((1130, 0, refunded.Sequence + 1), (failed.RefundableInCents, failed.RefundedInCents, failed.Sequence));
    }

    [Fact]
    public void A_dispute_is_told_when_it_is_opened_and_when_it_is_decided_and_not_again()
    {
        var paid = Paid();
        Assert.False(paid.IsDisputed);

        var disputed = paid.Dispute(Dispute, Later);
        Assert.True(disputed.IsDisputed);
        Assert.Equal((paid.Sequence + 1, Later), (disputed.Sequence, disputed.UpdatedAt));
        Assert.Equal([Dispute with { ToldAt = Later }], disputed.Disputes!);
        Assert.Same(disputed, disputed.Dispute(Dispute with { OpenedAt = Later }, Later.AddDays(1)));
        Assert.Equal(RefundRefusal.Disputed, RefundRules.RefusalOf(disputed, 100, null, Later));

        var won = disputed.Dispute(Dispute with { Status = DisputeStatus.Won, OpenedAt = Later }, Later.AddDays(1));
        Assert.False(won.IsDisputed);
        Assert.Equal([Dispute with { Status = DisputeStatus.Won, ToldAt = Later, ClosedAt = Later.AddDays(1) }], won.Disputes!);
        Assert.Equal((disputed.Sequence + 1, Later.AddDays(1)), (won.Sequence, won.UpdatedAt));
        Assert.Same(won, won.Dispute(Dispute, Later.AddDays(2)));
        Assert.Same(won, won.Dispute(Dispute with { Status = DisputeStatus.Lost }, Later.AddDays(2)));
        Assert.Null(RefundRules.RefusalOf(won, 100, null, Later));

        Assert.True(won.Dispute(Dispute with { Id = "dp_2" }, Later.AddDays(3)).IsDisputed);
        var second = won.Dispute(Dispute with { Id = "dp_2" }, Later.AddDays(3)).Dispute(Dispute with { Id = "dp_2", Status = DisputeStatus.Lost }, Later.AddDays(4));
        Assert.Equal([("dp_1", DisputeStatus.Won), ("dp_2", DisputeStatus.Lost)], second.Disputes!.Select(each => (each.Id, each.Status)));
    }

    [Fact]
    public void What_was_lost_in_a_dispute_cannot_be_refunded()
    {
        var lost = Paid().Dispute(Dispute with { AmountInCents = 1000, Status = DisputeStatus.Lost }, Later);
        Assert.Equal((1000, 130), (lost.LostInCents, lost.RefundableInCents));
        Assert.Equal((0, 1130), (Paid().LostInCents, Paid().RefundableInCents));
        Assert.Equal(0, Paid().Dispute(Dispute with { Status = DisputeStatus.Won }, Later).LostInCents);

        // Refunded and lost as well: nothing is left, and not less than nothing.
        Assert.Equal(0, Paid().BeginRefund(Refund("re_1")).EndRefund("re_1", RefundStatus.Succeeded, Later).Dispute(Dispute with { Status = DisputeStatus.Lost }, Later).RefundableInCents);
    }

    [Fact]
    public void A_payout_is_written_once_and_forgotten_where_it_failed()
    {
        var paid = Paid();

        var paidOut = paid.PayOut(Payout, Later);
        Assert.Equal(("po_1", Payout.PaidOutAt, 38L, Later, paid.Sequence), (paidOut.PayoutId, paidOut.PaidOutAt, paidOut.FeeInCents, paidOut.UpdatedAt, paidOut.Sequence));
        Assert.Same(paidOut, paidOut.PayOut(Payout, Later.AddDays(1)));
        Assert.Same(paidOut, paidOut.PayOut(Payout with { Id = "po_2" }, Later.AddDays(1)));
        Assert.Same(paidOut, paidOut.PayOut(Payout with { Id = "po_2", HasFailed = true }, Later.AddDays(1)));

        var failed = paidOut.PayOut(Payout with { HasFailed = true }, Later.AddDays(2));
        Assert.Equal((null, null, Later.AddDays(2)), (failed.PayoutId, failed.PaidOutAt, failed.UpdatedAt));
        Assert.Equal("po_2", failed.PayOut(Payout with { Id = "po_2" }, Later.AddDays(3)).PayoutId);
    }

    private static Payment Unpaid() => Payment.Create(
        "----------code0000000", "payment_service_1", "user_1", new PaymentDetails { ReferenceId = "INV-1", PayerName = "Tan Ah Kow", Description = "Fee", AmountInCents = 1130 }, Created);

    private static Payment Paid() => Unpaid().Pay(Attempt, Created.AddMinutes(1));

    private static Refund Refund(string id) => new() { Id = id, AmountInCents = 130, CreatedAt = Later, UpdatedAt = Later };
}
