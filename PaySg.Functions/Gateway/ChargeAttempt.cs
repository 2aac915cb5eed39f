using System.Text.Json.Serialization;

namespace PaySg.Functions.Gateway;

/// <summary>One attempt of a payer to pay a payment.</summary>
internal sealed record ChargeAttempt
{
    /// <summary>The failure reason of an attempt that another one took the place of.</summary>
    public const string Superseded = "superseded";

    /// <summary>The failure reason of an attempt whose money went back, because it was charged too late.</summary>
    public const string RefundedLate = "refunded_late";

    /// <summary>Such as <c>att_…</c>; the idempotency key at the gateway.</summary>
    public required string Id { get; init; }

    public required string PaymentId { get; init; }

    /// <summary>The kind of method that the payer chose.</summary>
    public required string Method { get; init; }

    public ChargeAttemptStatus Status { get; init; }

    /// <summary>Why nothing was charged, in snake_case; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The keyed call that asked for it, whose answer is stored with the outcome; null: none.</summary>
    public AttemptCall? Call { get; init; }

    /// <summary>How the gateway finds it; null: by nothing but its id.</summary>
    public GatewayHandle? Handle { get; init; }

    /// <summary>What the payer has to do while it is pending; null: nothing that we can show.</summary>
    public NextStep? NextStep { get; init; }

    /// <summary>The card that is charged; null: none, or not known.</summary>
    public ChargedCard? Card { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public ChargeAttemptState State => new(Status, FailureReason);

    /// <summary>Whether it will not change any more.</summary>
    public bool IsFinal => ChargeAttempts.IsFinal(Status);

    /// <summary>The attempt with what the gateway says of where it is found, of what the payer has to do, and of the card.</summary>
    public ChargeAttempt Learn(ChargeOutcome outcome) => this with
    {
        Handle = outcome.Reference is { } reference ? new GatewayHandle(Handle?.Account, reference) : Handle,
        NextStep = outcome.NextStep ?? NextStep,
        Card = outcome.Card ?? Card,
    };

    /// <summary>The attempt in its next state.</summary>
    public ChargeAttempt Become(ChargeAttemptStatus status, DateTimeOffset now, string? failureReason = null) =>
        ChargeAttempts.Allows(Status, status)
            ? this with { Status = status, FailureReason = failureReason, UpdatedAt = now }
            : throw new InvalidOperationException($"An attempt that is {Status} cannot become {status}.");
}
