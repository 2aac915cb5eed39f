using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// One event on its way to one endpoint. It has one next attempt at most, which is the next of its schedule or one that was asked for. Attempts
/// are numbered through, and an alarm names a number: so whatever is asked for, in whatever order, there is one chain of attempts.
/// </summary>
internal sealed record WebhookDelivery
{
    /// <summary>How many attempts are remembered in detail; all are counted.</summary>
    public const int RememberedAttempts = 25;

    public required string EndpointId { get; init; }

    public required WebhookEvent Event { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>Why it is not delivered, one of <see cref="DeliveryReason"/>; null: it is, or may still be.</summary>
    public string? Reason { get; init; }

    public int AttemptCount { get; init; }

    /// <summary>How many of them were of the schedule, since it was started last.</summary>
    public int ScheduledCount { get; init; }

    /// <summary>The newest attempts, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>What the receiver answered last; null: nothing.</summary>
    public int? LastResponseStatus => Attempts is [.., var last] ? last.ResponseStatus : null;

    /// <summary>When the next attempt of the schedule is due; null unless pending.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>When an attempt was asked for that has not been made; null: none was. It comes first and leaves the schedule as it is.</summary>
    public DateTimeOffset? ResendAt { get; init; }

    /// <summary>The recovery that restarted its schedule last; null: none did.</summary>
    public string? RecoveryId { get; init; }

    /// <summary>The trace of the request that made the event (W3C); null: none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When the next attempt is due; null: there is none.</summary>
    public DateTimeOffset? NextAttemptAt => ResendAt ?? ScheduledAt;

    /// <summary>A delivery whose first attempt is due now.</summary>
    public static WebhookDelivery Of(WebhookEvent webhookEvent, string endpointId, DateTimeOffset now) => new()
    {
        EndpointId = endpointId,
        Event = webhookEvent,
        ScheduledAt = now,
    };

    /// <summary>A delivery to a disabled endpoint: nothing is sent.</summary>
    public static WebhookDelivery SkippedOf(WebhookEvent webhookEvent, string endpointId) => new()
    {
        EndpointId = endpointId,
        Event = webhookEvent,
        State = DeliveryState.Skipped,
        Reason = DeliveryReason.EndpointDisabled,
    };

    /// <summary>Whether an alarm for this attempt is up to date. An older one was sent twice or came late: it does nothing.</summary>
    public bool IsNext(int attempt) => NextAttemptAt is not null && attempt == AttemptCount + 1;

    /// <summary>
    /// Before when the next attempt is too early: the receiver or the schedule asked for a wait. Null: for none, it is the first of its schedule or one that was
    /// asked for, and must not wait for the clock of another machine.
    /// </summary>
    public DateTimeOffset? NotBefore => ResendAt is null && ScheduledCount > 0 ? ScheduledAt : null;

    /// <summary>The delivery after its next attempt.</summary>
    /// <param name="post">What came of it.</param>
    /// <param name="askedForAt">When it was asked for, where it was: then the schedule stays as it is. Null: it was one of the schedule.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="random">Draws the jitter.</param>
    public WebhookDelivery Record(PostResult post, DateTimeOffset? askedForAt, DateTimeOffset now, IRandomSource random)
    {
        if (NextAttemptAt is null)
            throw new InvalidOperationException($"No attempt of this delivery is due: it is {State}.");

        var made = AttemptCount + 1;
        var after = post.Succeeded ? Become(DeliveryState.Delivered) with { ScheduledAt = null, Reason = null }
            : askedForAt is not null ? AfterFailedResend()
            : AfterFailedAttempt(post, now, random);
        after = after with
        {
            AttemptCount = made,
            ScheduledCount = ScheduledCount + (askedForAt is null ? 1 : 0),
            // What was asked for while this attempt was under way is still to be done.
            ResendAt = ResendAt == askedForAt ? null : ResendAt,
        };
        var attempt = new DeliveryAttempt(
            made, post.AttemptedAt, (long)post.Duration.TotalMilliseconds, post.Status, post.Excerpt, post.Error, after.NextAttemptAt);
        return after with { Attempts = [.. Attempts.TakeLast(RememberedAttempts - 1), attempt] };
    }

    /// <summary>The delivery with one more attempt due now, whatever its state. Where one was asked for already and not made, that is the one.</summary>
    public WebhookDelivery Resend(DateTimeOffset now) => this with { ResendAt = now };

    /// <summary>The delivery with its schedule restarted.</summary>
    public WebhookDelivery Restart(string recoveryId, DateTimeOffset now) =>
        Become(DeliveryState.Pending) with { ScheduledAt = now, ScheduledCount = 0, Reason = null, RecoveryId = recoveryId };

    /// <summary>The delivery when its next attempt is due and the endpoint is disabled.</summary>
    public WebhookDelivery Skip() => State is DeliveryState.Pending
        ? Become(DeliveryState.Skipped) with { ScheduledAt = null, ResendAt = null, Reason = DeliveryReason.EndpointDisabled }
        : Become(State) with { ResendAt = null };

    /// <summary>The delivery when the endpoint is gone.</summary>
    public WebhookDelivery GiveUp() => State is DeliveryState.Pending or DeliveryState.Skipped
        ? Become(DeliveryState.Failed) with { ScheduledAt = null, ResendAt = null, Reason = DeliveryReason.EndpointDeleted }
        : Become(State) with { ResendAt = null };

    private WebhookDelivery AfterFailedResend() => State is DeliveryState.Skipped
        ? Become(DeliveryState.Failed) with { Reason = DeliveryReason.Exhausted }
        : Become(State);

    private WebhookDelivery AfterFailedAttempt(PostResult post, DateTimeOffset now, IRandomSource random)
    {
        // A test is tried once: whoever tests looks at the answer.
        var delay = Event.Type == EventTypes.WebhookTest ? null : RetrySchedule.DelayAfter(ScheduledCount + 1, random);
        if (delay is not null && post.RetryAfter is { } asked)
        {
            // The time that it counts from was cut to milliseconds: without another one the receiver could be asked too early.
            delay = new[] { delay, asked + TimeSpan.FromMilliseconds(1) }.Max();
        }

        return delay is null
            ? Become(DeliveryState.Failed) with { ScheduledAt = null, Reason = DeliveryReason.Exhausted }
            : Become(DeliveryState.Pending) with { ScheduledAt = now + delay };
    }

    private WebhookDelivery Become(DeliveryState state) => DeliveryTransitions.Allows(State, state)
        ? this with { State = state }
        : throw new InvalidOperationException($"A delivery that is {State} cannot become {state}.");
}
