namespace PaySg.Functions.Payments.Refunds;

internal enum RefundStatus
{
    /// <summary>Written down and sent to the gateway, which has not decided it, or whose answer is not known yet.</summary>
    Pending,

    /// <summary>The money goes back to the payer. Final, unless it does not arrive.</summary>
    Succeeded,

    /// <summary>The gateway refused it permanently; nothing is refunded. Final.</summary>
    Failed,
}
