using System.Text.Json.Serialization;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Money on its way back to the payer.</summary>
internal sealed record Refund
{
    /// <summary>Such as <c>re_…</c>; the idempotency key at the gateway.</summary>
    public required string Id { get; init; }

    /// <summary>How much, in cents.</summary>
    public required long AmountInCents { get; init; }

    public RefundStatus Status { get; init; }

    /// <summary>The gateway's own name of it; null: the gateway has none, or its answer is not known yet.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether what the gateway made of it is not known.</summary>
    [JsonIgnore]
    public bool IsInDoubt => Status == RefundStatus.Pending && Reference is null;

    /// <summary>Who asked for it: the creator id of an API key, or the id of a member; null: nobody, or a release that did not write it down.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Why the gateway refused it, in snake_case; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The tax in it, in cents, as its credit note says; null: it has not succeeded, or no rate was stated when the payer was charged.</summary>
    public long? GstInCents { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the gateway took it, whatever came of it later; null: it has not, or it failed by a release that did not write it down.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>When it succeeded, though it may have failed after that; null: it has not, or nobody knows any more.</summary>
    [JsonIgnore]
    public DateTimeOffset? SucceededAt => Status == RefundStatus.Succeeded ? UpdatedAt : TakenAt;

    /// <summary>The refund in its next state.</summary>
    public Refund Become(RefundStatus status, DateTimeOffset now, string? failureReason = null) => RefundTransitions.Allows(Status, status)
        ? this with { Status = status, FailureReason = failureReason, TakenAt = SucceededAt, UpdatedAt = now }
        : throw new InvalidOperationException($"A refund that is {Status.Name()} cannot become {status.Name()}.");
}
