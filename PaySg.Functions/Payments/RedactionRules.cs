namespace PaySg.Functions.Payments;

/// <summary>When a payer's data may be taken away: when nobody needs it any more to pay, to refund or to answer a dispute.</summary>
internal static class RedactionRules
{
    /// <summary>Why not, as a sentence; null: it may.</summary>
    public static string? Refusal(Payment payment) => payment switch
    {
        { Status: PaymentStatus.Unpaid } => "it is unpaid. Cancel it first.",
        { PendingRefund: not null } => "a refund of it is not decided yet. Try again when it is.",
        { IsDisputed: true } => "its payer disputes it, and the data is evidence. Wait for payment.dispute_closed.",
        _ => null,
    };
}
