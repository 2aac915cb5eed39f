namespace PaySg.Functions.Payments.Refunds;

/// <summary>All legal changes of a refund's status, each with its reason. What is not listed is not possible.</summary>
internal static class RefundTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(RefundStatus From, RefundStatus To, string Reason)> Edges =
    [
        (RefundStatus.Pending, RefundStatus.Succeeded, "the gateway took it"),
        (RefundStatus.Pending, RefundStatus.Failed, "the gateway refused it for good"),
    ];

    /// <summary>Whether the change is listed.</summary>
    public static bool Allows(RefundStatus from, RefundStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);

    /// <summary>The progress as the API writes it.</summary>
    public static string Name(this RefundProgress progress) => progress switch
    {
        RefundProgress.NotRefunded => "not_refunded",
        RefundProgress.PartiallyRefunded => "partially_refunded",
        RefundProgress.FullyRefunded => "fully_refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(progress)),
    };

    /// <summary>The status as the API writes it.</summary>
    public static string Name(this RefundStatus status) => status switch
    {
        RefundStatus.Pending => "pending",
        RefundStatus.Succeeded => "succeeded",
        RefundStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
