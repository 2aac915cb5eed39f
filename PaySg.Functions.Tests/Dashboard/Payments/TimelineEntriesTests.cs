using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Tests.Dashboard.Payments;

/// <summary>What each kind of row tells in each of its states.</summary>
[Trait("Category", "Rules")]
public sealed class TimelineEntriesTests
{
    private static readonly DateTimeOffset Begun = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Then = Begun.AddMinutes(1);

    private static Payment Unpaid { get; } = Payment.Create("P707XGH60NX-Xt_qRTuJ2", "payment_service_1", "user_1", Details(), Begun);

    [Theory]
    [InlineData("Begun", null, "What became of the attempt is not known yet: it is looked up")]
    [InlineData("Pending", null, "The attempt is not decided yet")]
    [InlineData("Refunding", null, "The attempt was charged too late: the money goes back")]
    [InlineData("Succeeded", null, null)]
    [InlineData("Failed", "refunded_late", "What was charged too late has gone back")]
    [InlineData("Failed", "card_declined", "The attempt ended without payment")]
    public void An_attempt_says_how_it_stands(string status, string? reason, string? expected)
    {
        var attempt = new ChargeAttempt { Id = "att_1", PaymentId = Unpaid.Id, Method = "card", Status = Enum.Parse<ChargeAttemptStatus>(status), FailureReason = reason, CreatedAt = Begun, UpdatedAt = Then };

        AssertTold(TimelineEntries.Of(attempt), [(Begun, "The payer began to pay by card"), .. Told(expected)]);
    }

    [Theory]
    [InlineData("Link", "An email with the link was asked for", "The email with the link was sent")]
    [InlineData("Reminder", "An email that reminds the payer is due, if nothing is paid before", "The email that reminds the payer was sent")]
    [InlineData("Receipt", "An email with the receipt was asked for", "The email with the receipt was sent")]
    [InlineData("Refund", "An email with the credit note was asked for", "The email with the credit note was sent")]
    public void An_email_says_what_it_is(string kind, string asked, string sent)
    {
        AssertTold(TimelineEntries.Of(Mail(kind, "Sent")), [(Begun, asked), (Then, sent)]);
    }

    [Theory]
    [InlineData("Pending", null, null)]
    [InlineData("Pending", "timeout", "The email with the link could not be sent yet, and is tried again")]
    [InlineData("Sent", null, "The email with the link was sent")]
    [InlineData("Failed", "550", "The email with the link could not be sent")]
    [InlineData("Superseded", null, "The email with the link was not needed any more")]
    public void An_email_says_how_it_stands(string state, string? error, string? expected)
    {
        AssertTold(TimelineEntries.Of(Mail("Link", state) with { LastError = error }), [(Begun, "An email with the link was asked for"), .. Told(expected)]);
    }

    [Fact]
    public void A_refund_says_that_it_succeeded_though_it_came_back_later()
    {
        var asked = new Refund { Id = "re_1", AmountInCents = 130, CreatedAt = Begun, UpdatedAt = Begun };
        var taken = asked.Become(RefundStatus.Succeeded, Then);
        var back = taken.Become(RefundStatus.Failed, Then.AddDays(1), "account_closed");

        (DateTimeOffset, string) created = (Begun, "Created");
        (DateTimeOffset, string) first = (Begun, "Refund of S$1.30 asked for");
        AssertTold(Of(asked), [created, first]);
        AssertTold(Of(taken), [created, first, (Then, "Refunded S$1.30")]);
        AssertTold(Of(back), [created, first, (Then, "Refunded S$1.30"), (Then.AddDays(1), "The refund of S$1.30 came back")]);
        AssertTold(Of(asked.Become(RefundStatus.Failed, Then, "refused")), [created, first, (Then, "The refund of S$1.30 failed")]);

        // As a release wrote it that did not write down when it succeeded.
        AssertTold(Of(back with { TakenAt = null }), [created, first, (Then.AddDays(1), "The refund of S$1.30 failed")]);

        static IEnumerable<TimelineEntry> Of(Refund refund) => TimelineEntries.Of(Unpaid with { Refunds = [refund] });
    }

    [Fact]
    public void A_dispute_says_when_it_was_opened_and_keeps_when_we_were_told()
    {
        var open = Unpaid.Dispute(new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Open, Begun), Then);
        var lost = open.Dispute(new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Lost, Begun), Then.AddDays(1));
        var atOnce = Unpaid.Dispute(new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Won, Begun), Then);

        AssertTold(TimelineEntries.Of(open), [(Begun, "Created"), (Begun, "Disputed by the payer: S$11.30")]);
        AssertTold(TimelineEntries.Of(lost), [(Begun, "Created"), (Begun, "Disputed by the payer: S$11.30"), (Then.AddDays(1), "The dispute was lost")]);
        AssertTold(TimelineEntries.Of(atOnce), [(Begun, "Created"), (Begun, "Disputed by the payer: S$11.30"), (Then, "The dispute was won")]);
        Assert.Equal((Then, Then, null), (open.Disputes![0].ToldAt, lost.Disputes![0].ToldAt, atOnce.Disputes![0].ToldAt));
    }

    [Fact]
    public void A_payment_says_what_became_of_it()
    {
        var payment = Unpaid with { SucceededAt = Then, PaidMethod = "paynow", RedactedAt = Then.AddDays(1), PaidOutAt = Then.AddDays(2), PayoutId = "po_1" };

        AssertTold(TimelineEntries.Of(payment), [(Begun, "Created"), (Then, "Paid: S$11.30 by PayNow"), (Then.AddDays(1), "The payer’s data was taken away"), (Then.AddDays(2), "Paid out to the agency")]);
        AssertTold(TimelineEntries.Of(Unpaid.Cancel(Then, "user_2")), [(Begun, "Created"), (Then, "Cancelled")]);
    }

    private static PaymentMail Mail(string kind, string state) => new()
    {
        Id = "mail_1", PaymentId = Unpaid.Id, PaymentServiceId = Unpaid.PaymentServiceId, Kind = Enum.Parse<MailKind>(kind), State = Enum.Parse<MailState>(state), CreatedAt = Begun, UpdatedAt = Then,
    };

    private static (DateTimeOffset, string)[] Told(string? text) => text is null ? [] : [(Then, text)];

    private static void AssertTold(IEnumerable<TimelineEntry> entries, IEnumerable<(DateTimeOffset, string)> expected) => Assert.Equal(expected, entries.Select(entry => (entry.At, entry.Text)));

    private static PaymentDetails Details() => new() { ReferenceId = "INV-1", PayerName = "Tan Ah Kow", Description = "Fee", AmountInCents = 1130 };
}
