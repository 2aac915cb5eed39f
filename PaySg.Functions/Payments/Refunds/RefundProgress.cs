namespace PaySg.Functions.Payments.Refunds;

/// <summary>How much of a payment has gone back to the payer (<c>refund_status</c>).</summary>
public enum RefundProgress
{
    /// <summary>Nothing.</summary>
    NotRefunded,

    /// <summary>A part.</summary>
    PartiallyRefunded,

    /// <summary>Everything.</summary>
    FullyRefunded,
}
