using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Which histories are wanted. What is null is not asked for; all that is asked for must hold.</summary>
internal sealed record HistoryFilter
{
    /// <summary>A part of the attempt's <c>reff_no</c>.</summary>
    public string? ReffNo { get; init; }

    /// <summary>One of <see cref="HistoryStatus"/>, as it is computed.</summary>
    public string? Status { get; init; }

    /// <summary>A part of the method's name, in any case.</summary>
    public string? MethodName { get; init; }

    /// <summary>A part of what the payer needed to pay by it, in any case.</summary>
    public string? MethodValue { get; init; }

    /// <summary>The amount, in whole rupiah.</summary>
    public long? Amount { get; init; }

    /// <summary>The least amount.</summary>
    public long? AmountMin { get; init; }

    /// <summary>The largest amount.</summary>
    public long? AmountMax { get; init; }

    /// <summary>Whether the money is the account's.</summary>
    public bool? HasSettle { get; init; }

    /// <summary>When the payer began.</summary>
    public TimeRange CreatedAt { get; init; }

    /// <summary>When the payer paid.</summary>
    public TimeRange PaymentDate { get; init; }

    /// <summary>When the payment was processed: when the payer paid.</summary>
    public TimeRange ProcessedTimestamp { get; init; }

    /// <summary>When the money became the account's: when the payer paid.</summary>
    public TimeRange SettleAt { get; init; }

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsEmpty => this == new HistoryFilter();

    /// <summary>Whether a history is wanted.</summary>
    public bool Matches(LinkAttempt attempt, DateTimeOffset now)
    {
        return (ReffNo is null || attempt.ReffNo.Contains(ReffNo, StringComparison.Ordinal))
            && (Status is null || HistoryStatus.ComputedAt(attempt, now) == Status)
            && (MethodName is null || attempt.MethodName.Contains(MethodName, StringComparison.OrdinalIgnoreCase))
            && (MethodValue is null || attempt.MethodValue.Contains(MethodValue, StringComparison.OrdinalIgnoreCase))
            && (Amount is null || attempt.Amount == Amount)
            && (AmountMin is null || attempt.Amount >= AmountMin)
            && (AmountMax is null || attempt.Amount <= AmountMax)
            && (HasSettle is null || HistoryJson.IsSettled(attempt) == HasSettle)
            && CreatedAt.Contains(attempt.CreatedAt)
            && PaymentDate.Contains(attempt.PaidAt)
            && ProcessedTimestamp.Contains(attempt.PaidAt)
            && SettleAt.Contains(attempt.PaidAt);
    }
}
