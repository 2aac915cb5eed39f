using MimeKit;
using MimeKit.Utils;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Turns a mail into what is sent: plain text and HTML as alternatives, the QR code inside the HTML.</summary>
internal static class MimeMail
{
    /// <summary>The name by which the HTML shows the QR code: <c>cid:qr-code</c>.</summary>
    public const string QrCodeId = "qr-code";

    /// <summary>The message, to be disposed of by the caller.</summary>
    /// <param name="now">What its <c>Date</c> says.</param>
    public static MimeMessage Of(OutgoingMail mail, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            MessageId = MimeUtils.EnumerateReferences(mail.MessageId).Single(),
            Subject = mail.Subject,
            Date = now,
            Body = new MultipartAlternative { Part(mail.Text, "plain"), HtmlOf(mail) },
        };
        message.From.Add(mail.From);
        message.To.Add(mail.To);

        // RFC 3834: no answering machine answers this.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MimeEntity HtmlOf(OutgoingMail mail)
    {
        var html = Part(mail.Html, "html");
        if (mail.QrCode is not { } image)
            return html;

        var code = new MimePart("image", "png")
        {
            Content = new MimeContent(new MemoryStream(image)),
            ContentId = QrCodeId,
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "payment-qr-code.png" },
        };
        return new MultipartRelated { html, code };
    }

    /// <summary>In Base64: no line is ever too long for a relay, and none begins with a dot.</summary>
    private static TextPart Part(string content, string type) => new(type) { Text = content, ContentTransferEncoding = ContentEncoding.Base64 };
}
