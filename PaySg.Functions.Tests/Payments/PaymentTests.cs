using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

[Trait("Category", "Rules")]
public sealed class PaymentTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Later = Created.AddMinutes(7);

    private static readonly (PaymentStatus From, PaymentStatus To)[] Listed =
    [
        (PaymentStatus.Unpaid, PaymentStatus.Paid),
        (PaymentStatus.Unpaid, PaymentStatus.Cancelled),
    ];

    [Fact]
    public void A_change_of_status_is_possible_if_and_only_if_it_is_listed()
    {
        foreach (var from in Enum.GetValues<PaymentStatus>())
        {
            foreach (var to in Enum.GetValues<PaymentStatus>())
                Assert.True(PaymentTransitions.Allows(from, to) == Listed.Contains((from, to)), $"{from} to {to}");
        }

        Assert.Equal(Listed, PaymentTransitions.Edges.Select(edge => (edge.From, edge.To)));
        Assert.All(PaymentTransitions.Edges, edge => Assert.NotEmpty(edge.Reason));
    }

    [Fact]
    public void Each_change_is_told_by_an_event_of_its_own()
    {
        Assert.Equal("payment.succeeded", PaymentTransitions.EventOf(PaymentStatus.Unpaid, PaymentStatus.Paid));
        Assert.Equal("payment.cancelled", PaymentTransitions.EventOf(PaymentStatus.Unpaid, PaymentStatus.Cancelled));
        Assert.Equal("payment.refunded", RefundTransitions.EventOf(RefundStatus.Pending, RefundStatus.Succeeded));
        Assert.Equal("payment.refund_failed", RefundTransitions.EventOf(RefundStatus.Pending, RefundStatus.Failed));
        Assert.Throws<InvalidOperationException>(() => PaymentTransitions.EventOf(PaymentStatus.Paid, PaymentStatus.Cancelled));
    }

    [Fact]
    public void A_new_payment_is_unpaid_and_has_one_event()
    {
        var payment = Unpaid();

        Assert.Equal(("payment_service_1", "user_1", Details), (payment.PaymentServiceId, payment.CreatorId, payment.Details));
        Assert.Equal((PaymentStatus.Unpaid, 1, Created, Created), (payment.Status, payment.Sequence, payment.CreatedAt, payment.UpdatedAt));
        Assert.Null(payment.SucceededAt ?? payment.CancelledAt);
        Assert.Null(payment.LiveAttemptId ?? payment.PaidByAttemptId);
    }

    [Fact]
    public void Paying_marks_time_and_attempt_and_counts_the_event()
    {
        var paid = Unpaid().BeginAttempt("att_1", "card", Created).Pay("att_1", Later);

        Assert.Equal((PaymentStatus.Paid, 2, "att_1", null), (paid.Status, paid.Sequence, paid.PaidByAttemptId, paid.LiveAttemptId));
        Assert.Equal((Created, Later, Later), (paid.CreatedAt, paid.UpdatedAt, paid.SucceededAt!.Value));
    }

    [Fact]
    public void A_payment_that_is_paid_cannot_be_paid_again()
    {
        var paid = Unpaid().Pay("att_1", Later);

        Assert.Throws<InvalidOperationException>(() => paid.Pay("att_2", Later));
        Assert.Throws<InvalidOperationException>(() => paid.BeginAttempt("att_2", "card", Later));
    }

    [Fact]
    public void A_payment_that_is_cancelled_cannot_be_paid()
    {
        var cancelled = Unpaid() with { Status = PaymentStatus.Cancelled };

        Assert.Contains("cancelled", Assert.Throws<InvalidOperationException>(() => cancelled.Pay("att_1", Later)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cancelled.BeginAttempt("att_1", "card", Later));
    }

    [Fact]
    public void An_attempt_that_ends_without_a_charge_changes_nothing_that_is_shown()
    {
        var begun = Unpaid().BeginAttempt("att_1", "paynow", Later);

        Assert.Equal((new LiveAttempt("att_1", "paynow", IsPending: false), "att_1"), (begun.LiveAttempt, begun.LiveAttemptId));
        Assert.Equal(new LiveAttempt("att_1", "paynow", IsPending: true), begun.PendAttempt("att_1").LiveAttempt);
        var ended = Unpaid() with { Supplier = PaymentSteps.Board, LastFailure = new AttemptFailure("paynow", "declined") };
        Assert.Equal(ended, begun.EndAttempt("att_1", counts: false));
        Assert.Equal(ended with { FailedTries = new FailedTries(Later, 1) }, begun.EndAttempt("att_1", counts: true));
        Assert.Null(ended.BeginAttempt("att_2", "card", Later).LastFailure);
        Assert.Null(ended.Pay("att_2", Later).LastFailure);
    }

    [Fact]
    public void An_older_attempt_does_not_end_the_live_one()
    {
        var begun = Unpaid().BeginAttempt("att_2", "card", Later);

        Assert.Equal(begun, begun.EndAttempt("att_1", counts: true));
        Assert.Equal(begun, begun.PendAttempt("att_1"));
    }

    [Fact]
    public void A_refund_of_another_payment_is_not_decided_here()
    {
        var paid = Unpaid().Pay("att_1", Later);

        var fault = Assert.Throws<InvalidOperationException>(() => paid.EndRefund("re_1", RefundStatus.Succeeded, Later));
        Assert.Equal($"Payment {paid.Id} has no refund re_1.", fault.Message);
    }

    [Fact]
    public void A_refund_is_refused_for_the_first_reason_that_there_is()
    {
        var paid = Unpaid().Pay("att_1", Later);
        var last = Later.AddDays(90);

        Assert.Equal(RefundRefusal.NotPaid, RefundRules.RefusalOf(Unpaid(), 1, null, Later));
        Assert.Equal(RefundRefusal.NotPaid, RefundRules.RefusalOf(Unpaid().Cancel(Later), 1, null, Later));
        Assert.Equal(RefundRefusal.InProgress, RefundRules.RefusalOf(paid.BeginRefund(Refund(1130)), 1, null, last.AddTicks(1)));
        Assert.Equal(RefundRefusal.FullyRefunded, RefundRules.RefusalOf(Refunded(paid, 1130), 1, null, last.AddTicks(1)));
        Assert.Equal(RefundRefusal.TooLate, RefundRules.RefusalOf(paid, 2000, 7, last.AddTicks(1)));
        Assert.Equal(RefundRefusal.TooMany, RefundRules.RefusalOf(Enumerable.Repeat(1, 100).Aggregate(paid, Refunded), 2000, 7, last));
        Assert.Equal(RefundRefusal.AvailableMismatch, RefundRules.RefusalOf(paid, 2000, 1129, last));
        Assert.Equal(RefundRefusal.AmountNotAvailable, RefundRules.RefusalOf(paid, 1131, 1130, last));
        Assert.Equal(RefundRefusal.AmountNotAvailable, RefundRules.RefusalOf(Refunded(paid, 130), 1001, null, last));
        Assert.Equal(RefundRefusal.AmountNotAvailable, RefundRules.RefusalOf(paid, 0, null, last));
        Assert.Null(RefundRules.RefusalOf(paid, 1130, 1130, last));
        Assert.Null(RefundRules.RefusalOf(Refunded(paid, 130), 1000, null, last));
    }

    [Fact]
    public void No_refund_is_begun_that_the_rules_refuse()
    {
        var paid = Unpaid().Pay("att_1", Later);
        var late = Refund(1) with { CreatedAt = Later.AddDays(90).AddTicks(1) };

        var fault = Assert.Throws<InvalidOperationException>(() => paid.BeginRefund(late));
        Assert.Equal($"Payment {paid.Id} cannot be refunded by 1 cents.", fault.Message);
        Assert.Single(paid.BeginRefund(late with { CreatedAt = Later.AddDays(90) }).Refunds);
    }

    [Theory]
    [InlineData(PaymentStatus.Unpaid, "unpaid")]
    [InlineData(PaymentStatus.Paid, "paid")]
    [InlineData(PaymentStatus.Cancelled, "cancelled")]
    public void A_status_has_the_name_that_PaySG_gives_it(object status, string expected)
    {
        Assert.Equal(expected, ((PaymentStatus)status).Name());
    }

    [Fact]
    public void A_payment_is_refunded_in_full_when_its_last_refund_has_succeeded()
    {
        var paid = Unpaid().Pay("att_1", Later);
        var first = paid.BeginRefund(Refund(1000) with { Id = "re_0" }).EndRefund("re_0", RefundStatus.Succeeded, Later.AddDays(1));
        Assert.Null(first.FullyRefundedAt);

        var last = first.BeginRefund(Refund(130) with { Id = "re_1" }).EndRefund("re_1", RefundStatus.Succeeded, Later.AddDays(2));

        Assert.Equal(Later.AddDays(2), last.FullyRefundedAt);
    }

    [Fact]
    public void The_last_cent_went_back_when_the_newest_refund_succeeded_and_failed_ones_do_not_count()
    {
        var paid = Refunded(Refunded(Unpaid().Pay("att_1", Later), 1000), 130);
        var failedSince = paid with { Refunds = [.. paid.Refunds, Refund(1) with { Status = RefundStatus.Failed, UpdatedAt = Later.AddDays(3) }] };

        Assert.Equal((Later, Later), (paid.FullyRefundedAt!.Value, failedSince.FullyRefundedAt!.Value));
        Assert.Null((paid with { Status = PaymentStatus.Unpaid }).FullyRefundedAt);
    }

    [Fact]
    public void What_is_paid_back_or_on_its_way_cannot_be_refunded_again_and_what_failed_can()
    {
        var paid = Unpaid().Pay("att_1", Later);
        var pending = Refunded(paid, 130).BeginRefund(Refund(300) with { Id = "re_9" });

        Assert.Equal(0, Unpaid().RefundableInCents);
        Assert.Equal(1130, paid.RefundableInCents);
        Assert.Equal((130, 700), (pending.RefundedInCents, pending.RefundableInCents));
        Assert.Equal(1000, pending.EndRefund("re_9", RefundStatus.Failed, Later, "account_closed").RefundableInCents);
        Assert.Equal(700, pending.EndRefund("re_9", RefundStatus.Succeeded, Later).RefundableInCents);
    }

    [Fact]
    public void A_refund_is_asked_for_without_an_event_and_decided_with_one()
    {
        var paid = Unpaid().Pay("att_1", Later);
        var asked = paid.BeginRefund(Refund(300));

        var decided = asked.EndRefund("re_1", RefundStatus.Failed, Later.AddDays(1), "account_closed");

        Assert.Equal((paid.Sequence, paid.UpdatedAt), (asked.Sequence, asked.UpdatedAt));
        Assert.Equal((paid.Sequence + 1, Later.AddDays(1)), (decided.Sequence, decided.UpdatedAt));
        Assert.Equal((RefundStatus.Failed, "account_closed"), (Assert.Single(decided.Refunds).Status, decided.Refunds[0].FailureReason));
    }

    [Theory]
    [InlineData(0, RefundProgress.NotRefunded)]
    [InlineData(1, RefundProgress.PartiallyRefunded)]
    [InlineData(1129, RefundProgress.PartiallyRefunded)]
    [InlineData(1130, RefundProgress.FullyRefunded)]
    public void How_much_has_gone_back_is_nothing_a_part_or_everything(int cents, object expected)
    {
        var paid = Unpaid().Pay("att_1", Later);

        Assert.Equal((RefundProgress)expected, (cents == 0 ? paid : Refunded(paid, cents)).RefundProgress);
    }

    [Fact]
    public void Cancelling_marks_the_time_ends_the_attempt_and_counts_the_event()
    {
        var cancelled = Unpaid().BeginAttempt("att_1", "card", Created).Cancel(Later);

        Assert.Equal((PaymentStatus.Cancelled, 2, null), (cancelled.Status, cancelled.Sequence, cancelled.LiveAttemptId));
        Assert.Equal((Later, Later), (cancelled.CancelledAt!.Value, cancelled.UpdatedAt));
    }

    [Fact]
    public void A_mail_that_was_taken_is_shown_with_an_event_and_one_that_was_given_up_without()
    {
        var failed = Unpaid().WithEmailFailed(hasFailed: true, Later);

        Assert.Equal(Unpaid() with { EmailFailedAt = Later, UpdatedAt = Later }, failed);
        Assert.Equal(Unpaid() with { EmailSentAt = Later.AddDays(1), UpdatedAt = Later.AddDays(1), Sequence = 2 }, failed.WithEmailSent(Later.AddDays(1)));
        Assert.Equal(Unpaid() with { UpdatedAt = Later.AddDays(1) }, failed.WithEmailFailed(hasFailed: false, Later.AddDays(1)));
    }

    [Fact]
    public void A_second_mail_that_is_given_up_or_taken_changes_nothing()
    {
        var failed = Unpaid().WithEmailFailed(hasFailed: true, Later);

        Assert.Same(failed, failed.WithEmailFailed(hasFailed: true, Later.AddDays(1)));
        Assert.Equal(Unpaid(), Unpaid().WithEmailFailed(hasFailed: false, Later));
    }

    [Fact]
    public void The_gateway_charges_the_service_in_cents_of_a_Singapore_dollar()
    {
        const string Attempt = "att_0192f2a0-0000-7000-8000-000000000000";
        var handle = new GatewayHandle("acct_1", "pi_1");

        Assert.Equal(
            new GatewayAttempt(
                new AttemptKey("payment_service_1", "----------code0000000", Attempt),
                new Money(1130, "SGD"),
                MethodKinds.PayNow,
                SortableUuid.TimeOf("0192f2a0-0000-7000-8000-000000000000"),
                handle),
            Unpaid().AtGateway(Attempt, MethodKinds.PayNow, handle));
    }

    [Fact]
    public void A_payment_that_is_created_has_its_copies_for_searches() => Assert.True(Unpaid().IsIndexed);

    [Theory]
    [InlineData("ta", "zh", "ta")]
    [InlineData(null, "zh", "zh")]
    [InlineData("ms", null, "ms")]
    [InlineData(null, null, "en")]
    [InlineData("id", "zh", "en")]
    [InlineData("tlh", null, "en")]
    public void Mails_are_in_the_language_of_whoever_began_to_pay_or_else_of_whoever_was_asked(string? reader, string? asked, string expected) =>
        Assert.Equal(expected, (Unpaid() with { PayerLanguage = reader, Details = Details with { Locale = asked } }).Language.Tag);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("pi_1", null, "pi_1")]
    [InlineData(null, "pi_2", "pi_2")]
    [InlineData("pi_1", "pi_2", "pi_1")]
    [InlineData("cs_1", "pi_2", "pi_2")]
    [InlineData("cs_1", "cs_2", null)]
    public void The_intent_at_Stripe_is_that_which_was_paid_or_else_that_which_may_be(string? paid, string? live, string? expected)
    {
        var attempt = new LiveAttempt("att_1", MethodKinds.Card, IsPending: true) { Handle = live is null ? null : new GatewayHandle("acct_1", live) };

        Assert.Equal(expected, (Unpaid() with { PaidHandle = paid is null ? null : new GatewayHandle("acct_1", paid), LiveAttempt = attempt }).StripePaymentIntentId);
    }

    [Fact]
    public void A_payment_shows_more_where_anything_that_the_API_tells_of_it_is_another()
    {
        var before = Unpaid();
        Payment[] more =
        [
            before with { UpdatedAt = Later }, before with { Sequence = 2 }, before with { PayoutId = "po_1" }, before with { EmailFailedAt = Later },
            before with { PaidHandle = new GatewayHandle("acct_1", "pi_1") },
        ];

        Assert.All(more, after => Assert.True(after.ShowsMoreThan(before)));
        Assert.False((before with { LiveAttempt = new LiveAttempt("att_1", MethodKinds.Card, IsPending: true) }).ShowsMoreThan(before));
        Assert.False((more[3] with { EmailFailedAt = Created }).ShowsMoreThan(more[3]));
    }

    private static readonly PaymentDetails Details = new() { ReferenceId = "INV-1", PayerName = "Tan Ah Kow", Description = "Fee", AmountInCents = 1130 };

    private static Refund Refund(long cents) => new() { Id = "re_1", AmountInCents = cents, CreatedAt = Later, UpdatedAt = Later };

    private static Payment Refunded(Payment payment, int cents)
    {
        var refund = Refund(cents) with { Id = $"re_{payment.Refunds.Count}" };
        return payment.BeginRefund(refund).EndRefund(refund.Id, RefundStatus.Succeeded, Later);
    }

    private static Payment Unpaid() => Payment.Create("----------code0000000", "payment_service_1", "user_1", Details, Created);
}
