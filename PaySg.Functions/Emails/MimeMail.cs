using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace PaySg.Functions.Emails;

/// <summary>Turns a mail into what <see cref="SmtpClient"/> sends: plain text and HTML as alternatives, the QR code inside the HTML.</summary>
public static class MimeMail
{
    /// <summary>The name by which the HTML shows the QR code: <c>cid:qr-code</c>.</summary>
    public const string QrCodeId = "qr-code";

    /// <summary>The message, to be disposed of by the caller.</summary>
    public static MailMessage Of(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var message = new MailMessage(mail.From, mail.To)
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers["Message-ID"] = mail.MessageId;

        // RFC 3834: no answering machine answers this.
        message.Headers["Auto-Submitted"] = "auto-generated";
        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        var html = View(mail.Html, MediaTypeNames.Text.Html);
        if (mail.QrCode is { } image)
        {
            var type = new ContentType(MediaTypeNames.Image.Png) { Name = "payment-qr-code.png" };
            html.LinkedResources.Add(new LinkedResource(new MemoryStream(image), type) { ContentId = QrCodeId, TransferEncoding = TransferEncoding.Base64 });
        }

        message.AlternateViews.Add(html);
        return message;
    }

    /// <summary>In Base64: no line is ever too long for a relay, and none begins with a dot.</summary>
    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }
}
