using PaySg.Functions.Events;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>All legal changes of a refund's status, each with its reason and the event that tells it. What is not listed is not possible.</summary>
internal static class RefundTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(RefundStatus From, RefundStatus To, string Reason, string Event)> Edges =
    [
        (RefundStatus.Pending, RefundStatus.Succeeded, "the gateway took it", EventTypes.PaymentRefunded),
        (RefundStatus.Pending, RefundStatus.Failed, "the gateway refused it permanently", EventTypes.PaymentRefundFailed),
        (RefundStatus.Succeeded, RefundStatus.Failed, "the money did not arrive and came back to the gateway", EventTypes.PaymentRefundFailed),
    ];

    public static bool Allows(RefundStatus from, RefundStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);

    /// <summary>The type of the event that tells the change.</summary>
    /// <exception cref="InvalidOperationException">The change is not listed.</exception>
    public static string EventOf(RefundStatus from, RefundStatus to) => Edges.Single(edge => edge.From == from && edge.To == to).Event;

    public static string Name(this RefundProgress progress) => progress switch
    {
        RefundProgress.NotRefunded => "not_refunded",
        RefundProgress.PartiallyRefunded => "partially_refunded",
        RefundProgress.FullyRefunded => "fully_refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(progress)),
    };

    public static string Name(this RefundStatus status) => status switch
    {
        RefundStatus.Pending => "pending",
        RefundStatus.Succeeded => "succeeded",
        RefundStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
