using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Emails;

[Trait("Category", "Rules")]
public sealed class PaymentMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 19, 7, 4, 0, TimeSpan.Zero);
    private static readonly Payment Unpaid = Payment.Create(
        "-abc", "payment_service_1", "user_1", new PaymentDetails { ReferenceId = "r", PayerName = "p", Description = "d", AmountInCents = 2 }, Now);

    /// <summary>The least of everything: each delay is 80 % of what the schedule says.</summary>
    private static readonly IRandomSource Least = new Zeros();

    [Fact]
    public void Its_schedule_is_an_outbox_row_that_names_the_next_attempt()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now);

        Assert.Equal(new OutboxRow("payment_service_1", Now, OutboxKind.Mail, "-abc.mail_1.1"), mail.Schedule);
        Assert.Equal(("-abc", "mail_1", 1), PaymentMailRows.SubjectOf(OutboxRow.Parse("payment_service_1", mail.Schedule!.RowKey)!));
    }

    [Fact]
    public void Failed_attempts_follow_the_schedule_of_webhooks_until_the_last_one()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now);
        for (var made = 1; made < RetrySchedule.Delays.Count; made++)
        {
            mail = mail.FailedOnce(new MailResult.Failed("Timeout", IsPermanent: false), Now, Least);
            Assert.Equal(MailState.Pending, mail.State);
            Assert.Equal(Now + (RetrySchedule.Delays[made] * 0.8), mail.NextAttemptAt);
            Assert.EndsWith($".{made + 1}", mail.Schedule!.Subject, StringComparison.Ordinal);
        }

        mail = mail.FailedOnce(new MailResult.Failed("Timeout", IsPermanent: false), Now, Least);

        Assert.Equal(MailState.Failed, mail.State);
        Assert.Equal(RetrySchedule.Delays.Count, mail.AttemptCount);
        Assert.Null(mail.Schedule);
        Assert.Equal("Timeout", mail.LastError);
    }

    [Fact]
    public void A_failure_for_good_ends_it_at_once()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).FailedOnce(new MailResult.Failed("MailboxUnavailable", IsPermanent: true), Now, Least);

        Assert.Equal((MailState.Failed, 1, "MailboxUnavailable"), (mail.State, mail.AttemptCount, mail.LastError));
        Assert.Null(mail.Schedule);
    }

    [Fact]
    public void Only_a_message_for_the_next_attempt_is_up_to_date()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).FailedOnce(new MailResult.Failed("Timeout", IsPermanent: false), Now, Least);

        Assert.False(mail.IsNext(1));
        Assert.True(mail.IsNext(2));
        Assert.False(mail.IsNext(3));
        Assert.False(mail.Sent(Now).IsNext(3));
    }

    [Fact]
    public void A_link_is_overtaken_by_the_payment_being_paid_and_a_receipt_is_not()
    {
        var paid = Unpaid.Pay("att_1", Now);

        Assert.False(PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).IsOvertakenBy(Unpaid));
        Assert.True(PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).IsOvertakenBy(paid));
        Assert.False(PaymentMail.Of(Unpaid, MailKind.Reminder, "mail_1", Now).IsOvertakenBy(Unpaid));
        Assert.True(PaymentMail.Of(Unpaid, MailKind.Reminder, "mail_1", Now).IsOvertakenBy(paid));
        Assert.False(PaymentMail.Of(paid, MailKind.Receipt, "mail_1", Now).IsOvertakenBy(paid));
    }

    [Fact]
    public void A_credit_note_is_overtaken_by_its_refund_failing_after_all()
    {
        var refunded = Unpaid.Pay("att_1", Now)
            .BeginRefund(new Refund { Id = "re_1", AmountInCents = 1, CreatedAt = Now, UpdatedAt = Now }).EndRefund("re_1", RefundStatus.Succeeded, Now);
        var mail = PaymentMail.Of(refunded, MailKind.Refund, "mail_1", Now) with { RefundId = "re_1" };

        Assert.False(mail.IsOvertakenBy(refunded));
        Assert.True((mail with { RefundId = "re_2" }).IsOvertakenBy(refunded));
        Assert.True(mail.IsOvertakenBy(refunded.EndRefund("re_1", RefundStatus.Failed, Now, "lost")));
        Assert.False(mail.IsOvertakenBy(refunded.BeginRefund(new Refund { Id = "re_2", AmountInCents = 1, CreatedAt = Now, UpdatedAt = Now })));
        Assert.Equal(mail, PaymentMailRows.Read(PaymentMailRows.Write(mail)));
    }

    [Fact]
    public void Final_states_are_final()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now);

        Assert.All(MailTransitions.Edges, edge => Assert.Equal(MailState.Pending, edge.From));
        Assert.All(MailTransitions.Edges, edge => Assert.NotEmpty(edge.Reason));
        Assert.All(Enum.GetValues<MailState>(), to => Assert.Equal(MailTransitions.Edges.Any(edge => edge.To == to), MailTransitions.Allows(MailState.Pending, to)));
        Assert.All(Enum.GetValues<MailState>(), to => Assert.False(MailTransitions.Allows(MailState.Sent, to)));
        var fault = Assert.Throws<InvalidOperationException>(() => mail.Sent(Now).Superseded(Now));
        Assert.Equal("A mail that is Sent cannot become Superseded.", fault.Message);
        Assert.Throws<InvalidOperationException>(() => mail.Superseded(Now).Sent(Now));
        Assert.Throws<InvalidOperationException>(() => mail.Sent(Now).FailedOnce(new MailResult.Failed("Timeout", IsPermanent: false), Now, Least));
    }

    [Fact]
    public void What_was_taken_counts_as_an_attempt_and_has_no_other()
    {
        var sent = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).Sent(Now.AddMinutes(1));

        Assert.Equal((MailState.Sent, 1, null, Now.AddMinutes(1)), (sent.State, sent.AttemptCount, sent.NextAttemptAt, sent.UpdatedAt));
    }

    [Fact]
    public void A_mail_waits_for_another_day_for_three_days_at_most_and_that_is_no_attempt()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now);

        var waiting = mail.Postponed(Now.AddDays(3), Now.AddHours(1));
        var tooOld = mail.Postponed(Now.AddDays(3).AddTicks(1), Now.AddHours(1));

        Assert.Equal(mail with { NextAttemptAt = Now.AddDays(3), UpdatedAt = Now.AddHours(1), LastError = "RecipientLimit" }, waiting);
        Assert.Equal(mail with { State = MailState.Failed, NextAttemptAt = null, UpdatedAt = Now.AddHours(1), LastError = "RecipientLimit" }, tooOld);
    }

    [Theory]
    [InlineData("Link", true)]
    [InlineData("Reminder", true)]
    [InlineData("Receipt", false)]
    [InlineData("Refund", false)]
    public void A_mail_leads_to_where_the_payment_is_paid_or_tells_of_money(string kind, bool hasLink) =>
        Assert.Equal(hasLink, PaymentMail.Of(Unpaid, Enum.Parse<MailKind>(kind), "mail_1", Now).HasLink);

    [Fact]
    public void A_mail_survives_being_stored()
    {
        var mail = PaymentMail.Of(Unpaid, MailKind.Link, "mail_1", Now).FailedOnce(new MailResult.Failed("Timeout", IsPermanent: false), Now, Least);

        Assert.Equal(mail, PaymentMailRows.Read(PaymentMailRows.Write(mail)));
        Assert.Equal(mail.Sent(Now), PaymentMailRows.Read(PaymentMailRows.Write(mail.Sent(Now))));
    }

    private sealed class Zeros : IRandomSource
    {
        public void Fill(Span<byte> buffer) => buffer.Clear();
    }
}
