using MimeKit;

namespace PaySg.Functions.Payments.Emails;

/// <summary>A mail, ready to be handed over.</summary>
internal sealed record OutgoingMail
{
    /// <summary>Such as <c>&lt;mail_…@agency.gov.sg&gt;</c>: the same each time the mail is handed over, so that mailboxes can drop repetitions.</summary>
    public required string MessageId { get; init; }

    public required MailboxAddress From { get; init; }

    public required MailboxAddress To { get; init; }

    /// <summary>Its subject, in one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Its content as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The same content as HTML.</summary>
    public required string Html { get; init; }

    /// <summary>The image that the HTML shows as <c>cid:qr-code</c>; null: none.</summary>
    public byte[]? QrCode { get; init; }

    /// <summary>Neither address nor content: a mail never prints itself.</summary>
    public override string ToString() => MessageId;
}
