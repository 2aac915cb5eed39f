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

    /// <summary>What its owner may change at any time. In its row they are members of the link, each in the place that it has here.</summary>
    [JsonIgnore]
    public PaymentLinkTerms Terms { get; private init; } = new() { MaxUsage = 0 };

    /// <summary>The language that payers are asked in, such as <c>id</c>; null: not said.</summary>
    public string? Locale { get; init; }

    /// <summary>Which version of the API it was made through.</summary>
    public PaymentLinkSource Source { get; init; }

    /// <inheritdoc cref="PaymentLinkTerms.Status"/>
    public PaymentLinkStatus Status { get => Terms.Status; init => Terms = Terms with { Status = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.RequiredCustomerDetail"/>
    public bool RequiredCustomerDetail { get => Terms.RequiredCustomerDetail; init => Terms = Terms with { RequiredCustomerDetail = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.MaxUsage"/>
    public int MaxUsage { get => Terms.MaxUsage; init => Terms = Terms with { MaxUsage = value }; }

    /// <summary>How often it was paid.</summary>
    public int CurrentUsage { get; init; }

    /// <inheritdoc cref="PaymentLinkTerms.ExpiredAt"/>
    public DateTimeOffset? ExpiredAt { get => Terms.ExpiredAt; init => Terms = Terms with { ExpiredAt = value }; }

    /// <summary>What each payer pays, in whole rupiah.</summary>
    public required long TotalAmount { get; init; }

    /// <summary>What the amount is made of; null where it was given as one sum (API v2.0 only).</summary>
    public IReadOnlyList<PaymentLinkItem>? Items { get; init; }

    /// <inheritdoc cref="PaymentLinkTerms.WhitelistedPaymentMethod"/>
    public IReadOnlyList<string>? WhitelistedPaymentMethod
    {
        get => Terms.WhitelistedPaymentMethod;
        init => Terms = Terms with { WhitelistedPaymentMethod = value };
    }

    /// <inheritdoc cref="PaymentLinkTerms.RedirectUrl"/>
    public string? RedirectUrl { get => Terms.RedirectUrl; init => Terms = Terms with { RedirectUrl = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.SuccessRedirectUrl"/>
    public string? SuccessRedirectUrl { get => Terms.SuccessRedirectUrl; init => Terms = Terms with { SuccessRedirectUrl = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.ExpiredRedirectUrl"/>
    public string? ExpiredRedirectUrl { get => Terms.ExpiredRedirectUrl; init => Terms = Terms with { ExpiredRedirectUrl = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.OptionalMetadata"/>
    public string? OptionalMetadata { get => Terms.OptionalMetadata; init => Terms = Terms with { OptionalMetadata = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.CustomerName"/>
    public string? CustomerName { get => Terms.CustomerName; init => Terms = Terms with { CustomerName = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.CustomerEmail"/>
    public string? CustomerEmail { get => Terms.CustomerEmail; init => Terms = Terms with { CustomerEmail = value }; }

    /// <inheritdoc cref="PaymentLinkTerms.CustomerPhone"/>
    public string? CustomerPhone { get => Terms.CustomerPhone; init => Terms = Terms with { CustomerPhone = value }; }

    /// <summary>When it was paid last, or null.</summary>
    public DateTimeOffset? PaymentDate { get; init; }

    /// <summary>Whether a payer has ever begun to pay: then it can no longer be deleted.</summary>
    public bool HasHistories { get; init; }

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

    public static PaymentLink Create(long id, string accountId, PaymentLinkDetails details, DateTimeOffset now)
    {
        return new PaymentLink
        {
            Id = id,
            AccountId = accountId,
            ReffNo = details.ReffNo,
            Title = details.Title,
            Description = details.Description,
            Locale = details.Locale,
            Source = details.Source,
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
        if (!terms.Allow(CurrentUsage))
            throw new InvalidOperationException($"Payment link {Id} was paid {CurrentUsage} times.");

        return this with
        {
            Terms = terms.MaxUsage == 1 ? terms : terms with { CustomerName = null, CustomerEmail = null, CustomerPhone = null },
            UpdatedAt = now,
        };
    }

    /// <summary>The link once a payer has begun to pay.</summary>
    public PaymentLink WithHistories() => this with { HasHistories = true };

    /// <summary>The link after one more payment.</summary>
    /// <exception cref="InvalidOperationException">It is used up.</exception>
    public PaymentLink CountUse(DateTimeOffset now) => IsUsedUp
        ? throw new InvalidOperationException($"Payment link {Id} is used up.")
        : this with { CurrentUsage = CurrentUsage + 1, PaymentDate = now, UpdatedAt = now };
}
