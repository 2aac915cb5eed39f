using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Names what went wrong at a relay, and tells what may pass from what will not.</summary>
internal static class MailFaults
{
    /// <summary>The relay does not take addresses beyond ASCII (RFC 6531), and the payer's is one.</summary>
    public const string NoSmtpUtf8 = "SmtpUtf8NotOffered";

    // Answers to who we are, not to the mail (RFC 4954, section 6): whoever corrects the settings lets the mail through.
    private static readonly int[] AboutUs = [530, 534, 535, 538];

    /// <summary>The failure. An answer of 5xx to the mail is permanent (RFC 5321, section 4.2.1); anything else may pass.</summary>
    public static MailResult.Failed Of(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OperationCanceledException or TimeoutException:
                    return Passing("Timeout");
                case SocketException socket:
                    return Passing(socket.SocketErrorCode.ToString());
                case SslHandshakeException or System.Security.Authentication.AuthenticationException:
                    return Passing("TlsRefused");
                case ServiceNotAuthenticatedException:
                    return Passing("AuthenticationRequired");
                case AuthenticationException:
                    return Passing("AuthenticationRefused");
                case NotSupportedException:
                    return Passing("StartTlsNotOffered");
                case SmtpCommandException { StatusCode: var status }:
                    return new MailResult.Failed(CodeOf(status), (int)status >= 500 && !AboutUs.Contains((int)status));
            }
        }

        return Passing(fault.GetType().Name);
    }

    private static MailResult.Failed Passing(string code) => new(code, IsPermanent: false);

    private static string CodeOf(SmtpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : $"Smtp{(int)status}";
}
