namespace PaySg.Functions.PaymentLinks;

/// <summary>What the owner of a payment link may change at any time. An update by API v1.0 replaces all of it, one by v2.0 what it names.</summary>
internal sealed record PaymentLinkTerms
{
    /// <summary>What the owner sets the link to.</summary>
    public PaymentLinkStatus Status { get; init; }

    /// <summary>Whether the payer must give name, e-mail address and phone number.</summary>
    public bool RequiredCustomerDetail { get; init; }

    /// <summary>How often it can be paid; 0: any number of times (API v2.0 only).</summary>
    public required int MaxUsage { get; init; }

    /// <summary>From when on it takes no more payments; null: never.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>The codes of the methods that it can be paid by; null: all.</summary>
    public IReadOnlyList<string>? WhitelistedPaymentMethod { get; init; }

    /// <summary>Where payers go after success or expiry, or null.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>Where payers go after success instead, or null.</summary>
    public string? SuccessRedirectUrl { get; init; }

    /// <summary>Where payers go after expiry instead, or null.</summary>
    public string? ExpiredRedirectUrl { get; init; }

    /// <summary>The owner's own JSON object, as compact JSON, or null.</summary>
    public string? OptionalMetadata { get; init; }

    /// <summary>The name of the payer who is meant, or null. Links that are paid more than once have no such payer.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The e-mail address of the payer who is meant, or null.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>The phone number of the payer who is meant, or null.</summary>
    public string? CustomerPhone { get; init; }

    /// <summary>Whether a link that was paid so often may have them: it may be paid at least as often.</summary>
    public bool Allow(int currentUsage) => MaxUsage == 0 || MaxUsage >= currentUsage;
}
