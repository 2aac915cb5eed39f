using MailKit.Security;

namespace PaySg.Functions.Payments.Emails;

/// <summary>The relay that takes mails to payers, and who they come from: the settings <c>PaySg__Email__…</c>.</summary>
internal sealed record EmailSettings
{
    private const int ImplicitTlsPort = 465;

    /// <summary><c>PaySg__Email__SmtpHost</c>: the relay.</summary>
    public required string SmtpHost { get; init; }

    /// <summary><c>PaySg__Email__SmtpPort</c>: default 587, the submission port.</summary>
    public int SmtpPort { get; init; } = 587;

    /// <summary><c>PaySg__Email__SmtpUser</c>; null: the relay asks for no name.</summary>
    public string? SmtpUser { get; init; }

    /// <summary><c>PaySg__Email__SmtpPassword</c>: in Azure a Key Vault reference.</summary>
    public string? SmtpPassword { get; init; }

    /// <summary><c>PaySg__Email__UseTls</c>: no mail leaves but over TLS. Default true.</summary>
    public bool UseTls { get; init; } = true;

    /// <summary>How a connection is secured: on port 465 from its first byte (RFC 8314, section 3.3), on others by STARTTLS, which the relay must then offer.</summary>
    public SecureSocketOptions Tls => !UseTls ? SecureSocketOptions.None : SmtpPort == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

    /// <summary><c>PaySg__Email__From</c>: the sender's address.</summary>
    public required string From { get; init; }

    /// <summary><c>PaySg__Email__FromName</c>: the sender's name; null: the address alone.</summary>
    public string? FromName { get; init; }

    /// <summary><c>PaySg__Email__ReminderDays</c>: how many days after its first link mail an unpaid payment's payer is reminded, once; null: never.</summary>
    public int? ReminderDays { get; init; }

    /// <summary>The relay only: a password never prints itself.</summary>
    public override string ToString() => $"{SmtpHost}:{SmtpPort}";
}
