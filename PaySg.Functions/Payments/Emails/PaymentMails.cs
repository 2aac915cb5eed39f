using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Adds mails to the transactions that give rise to them. What is added must be nudged once it is written.</summary>
internal sealed class PaymentMails(IMailTransport transport, IdGenerator ids)
{
    /// <summary>Adds the receipt of a payment that is being paid; null where there is nobody to send it to, or no way.</summary>
    public OutboxRow? AddReceipt(EntityGroup group, Payment payment, DateTimeOffset now)
    {
        return transport.Sender is null || payment.Details.PayerEmail is null
            ? null
            : group.InsertMail(PaymentMail.Of(payment, MailKind.Receipt, ids.NewMailId(now), now));
    }

    /// <summary>Adds a mail with the payment's link.</summary>
    /// <exception cref="ApiException">402 where there is nobody to send it to, nothing to be paid, or no way.</exception>
    public OutboxRow AddLink(EntityGroup group, Payment payment, DateTimeOffset now)
    {
        if (payment.Details.PayerEmail is null)
            throw ApiErrors.PayerEmailMissing();

        if (payment.Status != PaymentStatus.Unpaid)
            throw ApiErrors.PaymentNotPayable(payment.Status.Name());

        return transport.Sender is null
            ? throw ApiErrors.EmailNotConfigured()
            : group.InsertMail(PaymentMail.Of(payment, MailKind.Link, ids.NewMailId(now), now));
    }
}
