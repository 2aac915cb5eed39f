using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using PaySg.Functions.Payments.Emails;

namespace PaySg.LocalHost.Check;

/// <summary>Greets the mail relay as a mail would be handed over, TLS included, without sending a mail or a password.</summary>
internal static class SmtpProbe
{
    /// <summary>How long the relay may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Says what the relay is.</summary>
    /// <exception cref="CheckFailedException">It does not answer, not as a relay, or offers no TLS where TLS is wanted.</exception>
    public static async Task<string> RunAsync(EmailSettings? settings, TimeProvider clock, CancellationToken stop)
    {
        if (settings is null)
            return "none is set, so no mails are sent (LocalHost keeps them in its mailbox)";

        var relay = $"{settings.SmtpHost}:{settings.SmtpPort}";
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using var client = await SmtpMailTransport.ConnectAsync(settings, either.Token);
            var tls = client.IsSecure ? " over TLS" : client.Capabilities.HasFlag(SmtpCapabilities.StartTLS) ? " and offers TLS, which is switched off" : "; TLS is switched off";
            var utf8 = client.Capabilities.HasFlag(SmtpCapabilities.UTF8) ? "" : "; it takes no addresses beyond ASCII (SMTPUTF8)";
            await client.DisconnectAsync(quit: true, either.Token);
            return $"{relay} greets{tls}{utf8}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new CheckFailedException($"{relay} did not answer within {Patience.TotalSeconds:0} seconds. Check PaySg__Email__SmtpHost and PaySg__Email__SmtpPort, and that nothing on the way blocks the port.");
        }
        catch (NotSupportedException fault)
        {
            throw new CheckFailedException($"{relay} offers no STARTTLS, and PaySg__Email__UseTls is true: no mail would leave. Use the relay's submission port, mostly 587 or 465.", fault);
        }
        catch (SslHandshakeException fault)
        {
            throw new CheckFailedException($"{relay} speaks no TLS on this port, or its certificate is not trusted: no mail would leave. Port 465 speaks TLS from the first byte, others by STARTTLS; PaySg__Email__SmtpHost must be a name in the certificate.", fault);
        }
        catch (Exception fault) when (fault is SmtpProtocolException or SmtpCommandException)
        {
            throw new CheckFailedException($"{relay} is no mail relay, or refuses us: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw new CheckFailedException($"{relay} cannot be reached: {fault.Message}. Check PaySg__Email__SmtpHost and PaySg__Email__SmtpPort.", fault);
        }
    }
}
