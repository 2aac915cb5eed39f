using MimeKit;

namespace PaySg.Functions.Payments.Emails;

/// <summary>The way mails leave: a relay, or whatever a host puts in its place.</summary>
internal interface IMailTransport
{
    /// <summary>Who mails come from; null: none can be sent, so none are promised.</summary>
    MailboxAddress? Sender { get; }

    /// <summary>
    /// Hands the mail over, and returns once it is known what became of it. Whatever a relay does is a result, never an exception. A failure that is not permanent
    /// means "not known to be taken": the same mail, with the same <see cref="OutgoingMail.MessageId"/>, is handed over again later.
    /// </summary>
    Task<MailResult> SendAsync(OutgoingMail mail);
}
