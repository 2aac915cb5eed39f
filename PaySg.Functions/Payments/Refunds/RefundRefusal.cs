namespace PaySg.Functions.Payments.Refunds;

/// <summary>Why a payment cannot be refunded, or not by this amount.</summary>
internal enum RefundRefusal
{
    /// <summary>It is unpaid or cancelled.</summary>
    NotPaid,

    /// <summary>The gateway has not decided the refund before.</summary>
    InProgress,

    /// <summary>Its payer disputes it, which is not decided.</summary>
    Disputed,

    /// <summary>Everything has gone back.</summary>
    FullyRefunded,

    /// <summary>It was paid too long ago.</summary>
    TooLate,

    /// <summary>It has as many refunds as it may have.</summary>
    TooMany,

    /// <summary>Whoever asks believes that another amount may be refunded.</summary>
    AvailableMismatch,

    /// <summary>The amount is less than a cent, or more than may be refunded.</summary>
    AmountNotAvailable,
}
