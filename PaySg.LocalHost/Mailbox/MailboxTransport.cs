using MimeKit;
using PaySg.Functions.Payments.Emails;

namespace PaySg.LocalHost.Mailbox;

/// <summary>Takes mails in the place of a relay and keeps them: nothing leaves this machine.</summary>
internal sealed class MailboxTransport(MailStore mails, TimeProvider clock) : IMailTransport
{
    /// <inheritdoc/>
    public MailboxAddress? Sender { get; } = new("PaySG on this machine", "no-reply@paysg.localhost");

    /// <inheritdoc/>
    public async Task<MailResult> SendAsync(OutgoingMail mail)
    {
        using var message = MimeMail.Of(mail, clock.GetUtcNow());
        using var eml = new MemoryStream();
        await message.WriteToAsync(eml);
        await mails.AddAsync(eml.ToArray());
        return new MailResult.Taken();
    }
}
