namespace PaySg.Functions.Payments;

/// <summary>The state of a payment (<c>payment_status</c>).</summary>
internal enum PaymentStatus
{
    /// <summary>Created and payable, past its due date too.</summary>
    Unpaid,

    /// <summary>The payer has paid. Final.</summary>
    Paid,

    /// <summary>The agency has cancelled it; its page can no longer be paid. Final.</summary>
    Cancelled,
}
