namespace PaySg.Functions.Payments;

/// <summary>All legal changes of a payment's status, each with its reason. What is not listed is not possible.</summary>
internal static class PaymentTransitions
{
    /// <summary>The edges of the state machine.</summary>
    public static readonly IReadOnlyList<(PaymentStatus From, PaymentStatus To, string Reason)> Edges =
    [
        (PaymentStatus.Unpaid, PaymentStatus.Paid, "an attempt of the payer was charged"),
        (PaymentStatus.Unpaid, PaymentStatus.Cancelled, "the agency withdrew the payment"),
    ];

    /// <summary>Whether the change is listed.</summary>
    public static bool Allows(PaymentStatus from, PaymentStatus to) => Edges.Any(edge => edge.From == from && edge.To == to);

    /// <summary>The status as the API writes it.</summary>
    public static string Name(this PaymentStatus status) => status switch
    {
        PaymentStatus.Unpaid => "unpaid",
        PaymentStatus.Paid => "paid",
        PaymentStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
