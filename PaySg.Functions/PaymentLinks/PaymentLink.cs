using System.Text.Json.Serialization;

namespace PaySg.Functions.PaymentLinks;

/// <summary>A payment link: a page that up to <see cref="MaxUsage"/> payers can pay the same amount on. Immutable: its changes are the methods here.</summary>
public sealed record PaymentLink
{
    /// <summary>See <see cref="PaymentLinkId"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose link it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its reference, unique among all accounts: it names the payer's page.</summary>
    public required string ReffNo { get; init; }

    /// <summary>What the payer reads first, at most 255 characters.</summary>
    public required string Title { get; init; }

    /// <summary>What its owner has set it to.</summary>
    public PaymentLinkStatus Status { get; init; }

    /// <summary>Whether the payer must give name, e-mail address and phone number.</summary>
    public bool RequiredCustomerDetail { get; init; }

    /// <summary>How often it can be paid; 0: any number of times (API v2.0 only).</summary>
    public required int MaxUsage { get; init; }

    /// <summary>How often it was paid.</summary>
    public int CurrentUsage { get; init; }

    /// <summary>From when on it takes no more payments; null: never.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>What each payer pays, in whole rupiah.</summary>
    public required long TotalAmount { get; init; }

    /// <summary>The codes of the methods that it can be paid by; null: all.</summary>
    public IReadOnlyList<string>? WhitelistedPaymentMethod { get; init; }

    /// <summary>Where payers go afterwards, or null.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>When it was paid last, or null.</summary>
    public DateTimeOffset? PaymentDate { get; init; }

    /// <summary>Whether a payer has ever begun to pay: then it can no longer be deleted.</summary>
    public bool HasHistories { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner last changed it, or it was last paid.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it can be paid no more often.</summary>
    [JsonIgnore]
    public bool IsUsedUp => MaxUsage > 0 && CurrentUsage >= MaxUsage;

    /// <summary>Whether its date has come.</summary>
    public bool IsExpiredAt(DateTimeOffset now) => Status == PaymentLinkStatus.Expired || ExpiredAt <= now;

    /// <summary>Whether the method is allowed.</summary>
    public bool Allows(string methodCode) => WhitelistedPaymentMethod?.Contains(methodCode) ?? true;

    /// <summary>The link once a payer has begun to pay.</summary>
    public PaymentLink WithHistories() => HasHistories ? this : this with { HasHistories = true };

    /// <summary>The link after one more payment.</summary>
    /// <exception cref="InvalidOperationException">It is used up.</exception>
    public PaymentLink CountUse(DateTimeOffset now) => IsUsedUp
        ? throw new InvalidOperationException($"Payment link {Id} is used up.")
        : this with { CurrentUsage = CurrentUsage + 1, PaymentDate = now, UpdatedAt = now };
}
