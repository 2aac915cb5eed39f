namespace PaySg.Functions.PaymentLinks;

/// <summary>What an owner says of a payment link when it creates it.</summary>
internal sealed record PaymentLinkDetails
{
    /// <summary>See <see cref="PaymentLink.ReffNo"/>.</summary>
    public required string ReffNo { get; init; }

    /// <summary>See <see cref="PaymentLink.Title"/>.</summary>
    public required string Title { get; init; }

    /// <summary>See <see cref="PaymentLink.Description"/>.</summary>
    public string? Description { get; init; }

    /// <summary>See <see cref="PaymentLink.TotalAmount"/>.</summary>
    public required long TotalAmount { get; init; }

    /// <summary>See <see cref="PaymentLink.Items"/>.</summary>
    public IReadOnlyList<PaymentLinkItem>? Items { get; init; }

    /// <summary>See <see cref="PaymentLink.Locale"/>.</summary>
    public string? Locale { get; init; }

    /// <summary>What can be changed later.</summary>
    public required PaymentLinkTerms Terms { get; init; }

    /// <summary>Which version of the API it comes through.</summary>
    public PaymentLinkSource Source { get; init; }
}
