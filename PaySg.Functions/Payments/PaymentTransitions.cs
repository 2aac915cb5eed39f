using PaySg.Functions.Events;

namespace PaySg.Functions.Payments;

/// <summary>All legal changes of a payment's status, each with its reason and the event that tells it. What is not listed is not possible.</summary>
internal static class PaymentTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(PaymentStatus From, PaymentStatus To, string Reason, string Event)> Edges =
    [
        (PaymentStatus.Unpaid, PaymentStatus.Paid, "an attempt of the payer was charged", EventTypes.PaymentSucceeded),
        (PaymentStatus.Unpaid, PaymentStatus.Cancelled, "the agency withdrew the payment", EventTypes.PaymentCancelled),
    ];

    public static bool Allows(PaymentStatus from, PaymentStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);

    /// <summary>The type of the event that tells the change.</summary>
    /// <exception cref="InvalidOperationException">The change is not listed.</exception>
    public static string EventOf(PaymentStatus from, PaymentStatus to) => Edges.Single(edge => edge.From == from && edge.To == to).Event;

    public static string Name(this PaymentStatus status) => status switch
    {
        PaymentStatus.Unpaid => "unpaid",
        PaymentStatus.Paid => "paid",
        PaymentStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
