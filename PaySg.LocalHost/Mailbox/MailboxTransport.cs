using System.Net.Mail;
using PaySg.Functions.Emails;

namespace PaySg.LocalHost.Mailbox;

/// <summary>Takes mails in the place of a relay and keeps them: nothing leaves this machine.</summary>
internal sealed class MailboxTransport(MailStore mails) : IMailTransport
{
    /// <inheritdoc/>
    public MailAddress? Sender { get; } = new("no-reply@paysg.localhost", "PaySG on this machine");

    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail)
    {
        // The mail client itself writes the file, byte for byte what a relay would have been given.
        var folder = Directory.CreateTempSubdirectory("paysg-mail-");
        try
        {
            using var message = MimeMail.Of(mail);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
            await client.SendMailAsync(message);
            await mails.AddAsync(await File.ReadAllBytesAsync(folder.EnumerateFiles().Single().FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
