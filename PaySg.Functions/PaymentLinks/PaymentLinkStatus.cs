namespace PaySg.Functions.PaymentLinks;

/// <summary>What a payment link's owner has set it to. That a link has run out by its date is computed when it is read, and never stored.</summary>
internal enum PaymentLinkStatus
{
    /// <summary>It takes payments while it is not past its date and not used up.</summary>
    Open,

    /// <summary>It takes no payments.</summary>
    Closed,

    /// <summary>Set to expired by its owner: it takes no payments. Answers show it as closed, computed as expired.</summary>
    Expired,
}
