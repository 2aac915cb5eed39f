using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Adds mails to the transactions that give rise to them. What is added must be nudged once it is written.</summary>
internal sealed class PaymentMails(IMailTransport transport, PaymentSettings settings, IdGenerator ids)
{
    /// <summary>Adds the receipt of a payment that is being paid; null where there is nobody to send it to, or no way.</summary>
    public OutboxRow? AddReceipt(EntityGroup group, Payment payment, DateTimeOffset now)
    {
        return HasWayTo(payment) ? group.InsertMail(PaymentMail.Of(payment, MailKind.Receipt, ids.NewMailId(now), now)) : null;
    }

    /// <summary>Adds the credit note of a refund that is being decided; null where there is nobody to send it to, or no way.</summary>
    public OutboxRow? AddCreditNote(EntityGroup group, Payment payment, string refundId, DateTimeOffset now)
    {
        return HasWayTo(payment) ? group.InsertMail(PaymentMail.Of(payment, MailKind.Refund, ids.NewMailId(now), now) with { RefundId = refundId }) : null;
    }

    /// <summary>Adds a mail with the payment's link, and with the first one the reminder, where there are any. A reminder finds out itself whether it is still of use.</summary>
    /// <param name="by">Who has asked for it: the creator id of an API key, or the id of a member.</param>
    /// <exception cref="ApiException">402 where there is nobody to send it to, nothing to be paid, or no way.</exception>
    public OutboxRow AddLink(EntityGroup group, Payment payment, string by, DateTimeOffset now)
    {
        if (payment.Details.PayerEmail is null)
            throw ApiErrors.PayerEmailMissing();

        if (payment.Status != PaymentStatus.Unpaid)
            throw ApiErrors.PaymentNotPayable(payment.Status.Name());

        if (transport.Sender is null)
            throw ApiErrors.EmailNotConfigured();

        var schedule = group.InsertMail(PaymentMail.Of(payment, MailKind.Link, ids.NewMailId(now), now) with { AskedBy = by });
        if (payment.LinkMails is null && settings.Email?.ReminderDays is { } days)
            group.InsertMail(PaymentMail.Of(payment, MailKind.Reminder, ids.NewMailId(now), now.AddDays(days)));

        return schedule;
    }

    private bool HasWayTo(Payment payment) => transport.Sender is not null && payment.Details.PayerEmail is not null;
}
