using System.Text.Json.Serialization;

namespace PaySg.Functions.PaymentLinks;

/// <summary>A payment link: a page that up to <see cref="MaxUsage"/> payers can pay the same amount on. Immutable: its changes are the methods here.</summary>
internal sealed record PaymentLink
{
    /// <summary>See <see cref="PaymentLinkId"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose link it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its reference, unique among all accounts: it names the payer's page.</summary>
    public required string ReffNo { get; init; }

    /// <summary>What the payer reads first, at most 255 characters.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, in more words, or null (API v2.0 only).</summary>
    public string? Description { get; init; }

    /// <summary>Which version of the API it was made through.</summary>
    public PaymentLinkSource Source { get; init; }

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

    /// <summary>What the amount is made of; null where it was given as one sum (API v2.0 only).</summary>
    public IReadOnlyList<PaymentLinkItem>? Items { get; init; }

    /// <summary>The codes of the methods that it can be paid by; null: all.</summary>
    public IReadOnlyList<string>? WhitelistedPaymentMethod { get; init; }

    /// <summary>Where payers go after success or expiry, or null.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>Where payers go after success instead, or null.</summary>
    public string? SuccessRedirectUrl { get; init; }

    /// <summary>Where payers go after expiry instead, or null.</summary>
    public string? ExpiredRedirectUrl { get; init; }

    /// <summary>The owner's own JSON object, as compact JSON; null where none was given.</summary>
    public string? OptionalMetadata { get; init; }

    /// <summary>The name of the payer who is meant, to be filled in; null for links that are paid more than once.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The e-mail address of the payer who is meant, or null.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>The phone number of the payer who is meant, or null.</summary>
    public string? CustomerPhone { get; init; }

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

    /// <summary>Where payers go after success, or null.</summary>
    [JsonIgnore]
    public string? AfterSuccess => SuccessRedirectUrl ?? RedirectUrl;

    /// <summary>Where payers go after expiry, or null.</summary>
    [JsonIgnore]
    public string? AfterExpiry => ExpiredRedirectUrl ?? RedirectUrl;

    /// <summary>A new link.</summary>
    public static PaymentLink Create(long id, string accountId, PaymentLinkDetails details, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(details);
        return new PaymentLink
        {
            Id = id,
            AccountId = accountId,
            ReffNo = details.ReffNo,
            Title = details.Title,
            Description = details.Description,
            Source = details.Source,
            MaxUsage = details.Terms.MaxUsage,
            TotalAmount = details.TotalAmount,
            Items = details.Items,
            CreatedAt = now,
            UpdatedAt = now,
        }.WithTerms(details.Terms, now);
    }

    /// <summary>Whether its date has come, or its owner has set it to expired.</summary>
    public bool IsExpiredAt(DateTimeOffset now) => Status == PaymentLinkStatus.Expired || ExpiredAt <= now;

    /// <summary>
    /// What it is at a moment: open, closed, or expired by its owner or by its date. Closed wins over a date that has come. Computed each time
    /// and never stored. That it is used up is not told by it (<see cref="IsUsedUp"/>).
    /// </summary>
    public PaymentLinkStatus StatusAt(DateTimeOffset now) =>
        Status == PaymentLinkStatus.Open && IsExpiredAt(now) ? PaymentLinkStatus.Expired : Status;

    /// <summary>Whether the method is allowed.</summary>
    public bool Allows(string methodCode) => WhitelistedPaymentMethod?.Contains(methodCode) ?? true;

    /// <summary>The link under other terms. Where it can be paid more than once, it forgets the payer who was meant: others would see who that is.</summary>
    /// <exception cref="InvalidOperationException">It was paid more often than they allow.</exception>
    public PaymentLink WithTerms(PaymentLinkTerms terms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!terms.Allow(CurrentUsage))
        {
            throw new InvalidOperationException($"Payment link {Id} was paid {CurrentUsage} times.");
        }

        var isForOne = terms.MaxUsage == 1;
        return this with
        {
            Status = terms.Status,
            RequiredCustomerDetail = terms.RequiredCustomerDetail,
            MaxUsage = terms.MaxUsage,
            ExpiredAt = terms.ExpiredAt,
            WhitelistedPaymentMethod = terms.WhitelistedPaymentMethod,
            RedirectUrl = terms.RedirectUrl,
            SuccessRedirectUrl = terms.SuccessRedirectUrl,
            ExpiredRedirectUrl = terms.ExpiredRedirectUrl,
            OptionalMetadata = terms.OptionalMetadata,
            CustomerName = isForOne ? terms.CustomerName : null,
            CustomerEmail = isForOne ? terms.CustomerEmail : null,
            CustomerPhone = isForOne ? terms.CustomerPhone : null,
            UpdatedAt = now,
        };
    }

    /// <summary>The link once a payer has begun to pay.</summary>
    public PaymentLink WithHistories() => HasHistories ? this : this with { HasHistories = true };

    /// <summary>The link after one more payment.</summary>
    /// <exception cref="InvalidOperationException">It is used up.</exception>
    public PaymentLink CountUse(DateTimeOffset now) => IsUsedUp
        ? throw new InvalidOperationException($"Payment link {Id} is used up.")
        : this with { CurrentUsage = CurrentUsage + 1, PaymentDate = now, UpdatedAt = now };
}
