namespace PaySg.Functions.Emails;

/// <summary>The relay that takes mails to payers, and who they come from: the settings <c>PaySg__Email__…</c>.</summary>
public sealed record EmailSettings
{
    /// <summary><c>PaySg__Email__SmtpHost</c>: the relay.</summary>
    public required string SmtpHost { get; init; }

    /// <summary><c>PaySg__Email__SmtpPort</c>: default 587, the submission port.</summary>
    public int SmtpPort { get; init; } = 587;

    /// <summary><c>PaySg__Email__SmtpUser</c>; null: the relay asks for no name.</summary>
    public string? SmtpUser { get; init; }

    /// <summary><c>PaySg__Email__SmtpPassword</c>: in Azure a Key Vault reference.</summary>
    public string? SmtpPassword { get; init; }

    /// <summary><c>PaySg__Email__UseTls</c>: STARTTLS, which the relay must then offer. Default true.</summary>
    public bool UseTls { get; init; } = true;

    /// <summary><c>PaySg__Email__From</c>: the sender's address.</summary>
    public required string From { get; init; }

    /// <summary><c>PaySg__Email__FromName</c>: the sender's name; null: the address alone.</summary>
    public string? FromName { get; init; }

    /// <summary>The relay only: a password never prints itself.</summary>
    public override string ToString() => $"{SmtpHost}:{SmtpPort}";
}
