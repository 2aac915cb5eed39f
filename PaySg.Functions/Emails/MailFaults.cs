using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PaySg.Functions.Emails;

/// <summary>Names what went wrong at a relay. A code and no more: messages of relays repeat the payer's address.</summary>
internal static class MailFaults
{
    /// <summary>Such as <c>MailboxUnavailable</c>, <c>ConnectionRefused</c> or <c>Timeout</c>.</summary>
    public static string CodeOf(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OperationCanceledException or TimeoutException:
                    return "Timeout";
                case SocketException socket:
                    return socket.SocketErrorCode.ToString();
                case AuthenticationException:
                    return "TlsRefused";
                case SmtpException { StatusCode: not SmtpStatusCode.GeneralFailure } smtp:
                    return smtp.StatusCode.ToString();
            }
        }

        return fault.GetType().Name;
    }
}
