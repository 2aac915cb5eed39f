namespace PaySg.Functions.Payments.Attempts;

/// <summary>Why a payer's wish to pay a payment came to nothing, other than that the gateway declined.</summary>
internal enum ChargeRefusal
{
    /// <summary>The payment is paid.</summary>
    AlreadyPaid,

    /// <summary>The payment is cancelled.</summary>
    Cancelled,

    /// <summary>The gateway does not charge such an amount by this method. Nothing was sent.</summary>
    AmountNotTaken,

    /// <summary>An earlier attempt is being processed and can no longer be withdrawn.</summary>
    Processing,

    /// <summary>Another attempt took this one's place.</summary>
    Superseded,

    /// <summary>The payer was charged too late, and the money goes back.</summary>
    TooLate,

    /// <summary>The gateway gave no clear answer, or what it answered could not be written down: it is being found out.</summary>
    InDoubt,
}
