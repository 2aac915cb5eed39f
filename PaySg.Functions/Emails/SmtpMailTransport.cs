using System.Net;
using System.Net.Mail;
using System.Text;
using PaySg.Functions.Configuration;

namespace PaySg.Functions.Emails;

/// <summary>Hands mails to the relay of the settings <c>PaySg__Email__…</c>, each over a connection of its own.</summary>
public sealed class SmtpMailTransport : IMailTransport, IDisposable
{
    /// <summary>How long handing one mail over may take, the wait for a place included.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Relays refuse senders that open many connections at once.</summary>
    public const int AtOnce = 8;

    private readonly EmailSettings? settings;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Connects to nothing yet.</summary>
    public SmtpMailTransport(PaySgSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings.Email;
        this.clock = clock;
        Sender = settings.Email is { } email ? new MailAddress(email.From, MailText.DisplayName(email.FromName), Encoding.UTF8) : null;
    }

    /// <inheritdoc />
    public MailAddress? Sender { get; }

    /// <inheritdoc />
    public async Task SendAsync(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        using var deadline = new CancellationTokenSource(Timeout, clock);
        await places.WaitAsync(deadline.Token);
        try
        {
            using var message = MimeMail.Of(mail);
            using var client = Client(mail);

            // The client heeds its token once connected; the second one ends the wait where connecting itself hangs.
            await client.SendMailAsync(message, deadline.Token).WaitAsync(deadline.Token);
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => places.Dispose();

    private SmtpClient Client(OutgoingMail mail)
    {
        var relay = settings ?? throw new InvalidOperationException("No mail relay is set up.");
        return new SmtpClient(relay.SmtpHost, relay.SmtpPort)
        {
            EnableSsl = relay.UseTls,
            Credentials = relay.SmtpUser is { } user ? new NetworkCredential(user, relay.SmtpPassword) : null,

            // An address that is not ASCII needs a relay that speaks SMTPUTF8 (RFC 6531); all others reach any relay.
            DeliveryFormat = mail.To.User.All(char.IsAscii) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International,
        };
    }
}
