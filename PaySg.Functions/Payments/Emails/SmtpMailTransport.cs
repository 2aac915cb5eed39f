using System.Net.Security;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Hands mails to the relay of the settings <c>PaySg__Email__…</c>, each over a connection of its own.</summary>
internal sealed class SmtpMailTransport : IMailTransport, IDisposable
{
    /// <summary>How long handing one mail over may take, the wait for a place included.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Relays refuse senders that open many connections at once.</summary>
    public const int AtOnce = 8;

    private readonly EmailSettings? settings;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Connects to nothing yet.</summary>
    public SmtpMailTransport(PaymentSettings settings, TimeProvider clock)
    {
        this.settings = settings.Email;
        this.clock = clock;
        Sender = settings.Email is { } email ? new MailboxAddress(MailText.DisplayName(email.FromName), email.From) : null;
    }

    public MailboxAddress? Sender { get; }

    public async Task<MailResult> SendAsync(OutgoingMail mail)
    {
        using var deadline = new CancellationTokenSource(Timeout, clock);
        try
        {
            await places.WaitAsync(deadline.Token);
            try
            {
                return await HandOverAsync(mail, deadline.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception fault)
        {
            return MailFaults.Of(fault);
        }
    }

    public void Dispose() => places.Dispose();

    /// <summary>A client that is connected to the relay, over TLS where the settings say so.</summary>
    public static Task<SmtpClient> ConnectAsync(EmailSettings relay, CancellationToken cancellationToken) =>
        ConnectAsync(relay.SmtpHost, relay.SmtpPort, relay.Tls, trusts: null, cancellationToken);

    /// <summary>The same, with another judgement of certificates than the machine's.</summary>
    internal static async Task<SmtpClient> ConnectAsync(
        string host, int port, SecureSocketOptions tls, RemoteCertificateValidationCallback? trusts, CancellationToken cancellationToken)
    {
        var client = new SmtpClient
        {
            // Lists of revoked certificates are fetched from elsewhere, which a private network has no way to.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = trusts,
        };
        try
        {
            await client.ConnectAsync(host, port, tls, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task<MailResult> HandOverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var relay = settings ?? throw new InvalidOperationException("No mail relay is set up.");
        using var client = await ConnectAsync(relay, cancellationToken);
        if (relay is { SmtpUser: { } user, SmtpPassword: { } password })
            await client.AuthenticateAsync(user, password, cancellationToken);

        // Such an address would go out as it is, and what relays do with it then is not foreseen.
        var needsUtf8 = EmailAddress.NeedsSmtpUtf8(mail.To.Address);
        if (needsUtf8 && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            return new MailResult.Failed(MailFaults.NoSmtpUtf8, IsPermanent: true);

        var options = FormatOptions.Default.Clone();
        options.International = needsUtf8;
        using var message = MimeMail.Of(mail, clock.GetUtcNow());
        await client.SendAsync(options, message, cancellationToken);
        await LeaveAsync(client, cancellationToken);
        return new MailResult.Taken();
    }

    /// <summary>The mail is the relay's: nothing that happens now takes that back.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SmtpProtocolException or SmtpCommandException)
        {
            // It hung up first, or says nothing.
        }
    }
}
