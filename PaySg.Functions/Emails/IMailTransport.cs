using System.Net.Mail;

namespace PaySg.Functions.Emails;

/// <summary>The way mails leave: a relay, or whatever a host puts in its place.</summary>
public interface IMailTransport
{
    /// <summary>Who mails come from; null: none can be sent, so none are promised.</summary>
    MailAddress? Sender { get; }

    /// <summary>
    /// Hands the mail over, and returns once it was taken. A thrown exception means "not known to be taken": the same mail, with the
    /// same <see cref="OutgoingMail.MessageId"/>, is handed over again later.
    /// </summary>
    Task SendAsync(OutgoingMail mail);
}
