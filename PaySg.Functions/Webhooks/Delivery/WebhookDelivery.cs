using PaySg.Functions.Ids;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>One event on its way to one endpoint.</summary>
public sealed record WebhookDelivery
{
    /// <summary>How many attempts are remembered in detail; all are counted.</summary>
    public const int RememberedAttempts = 25;

    /// <summary>Where to.</summary>
    public required string EndpointId { get; init; }

    /// <summary>What.</summary>
    public required WebhookEvent Event { get; init; }

    /// <summary>Its state.</summary>
    public DeliveryState State { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int AttemptCount { get; init; }

    /// <summary>The newest attempts, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];

    /// <summary>When the next attempt is due; null: there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>A delivery whose first attempt is due now.</summary>
    public static WebhookDelivery Of(WebhookEvent webhookEvent, string endpointId, DateTimeOffset now) => new()
    {
        EndpointId = endpointId,
        Event = webhookEvent,
        NextAttemptAt = now,
    };

    /// <summary>Whether an alarm for this attempt is up to date. An older one was sent twice or came late: it does nothing.</summary>
    public bool IsNext(int attempt) => State == DeliveryState.Pending && attempt == AttemptCount + 1;

    /// <summary>The delivery after its next attempt.</summary>
    public WebhookDelivery Record(PostResult post, DateTimeOffset now, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(post);
        var made = AttemptCount + 1;
        var delay = post.Succeeded ? null : RetrySchedule.DelayAfter(made, random);
        if (delay is { } scheduled && post.RetryAfter is { } asked)
        {
            delay = asked < RetrySchedule.LongestRetryAfter ? asked : RetrySchedule.LongestRetryAfter;
            delay = delay > scheduled ? delay : scheduled;
        }

        var next = now + delay;
        var attempt = new DeliveryAttempt(
            made, post.AttemptedAt, (long)post.Duration.TotalMilliseconds, post.Status, post.Excerpt, post.Error, next);
        return Become(post.Succeeded ? DeliveryState.Delivered : next is null ? DeliveryState.Failed : DeliveryState.Pending) with
        {
            AttemptCount = made,
            Attempts = [.. Attempts.TakeLast(RememberedAttempts - 1), attempt],
            NextAttemptAt = next,
        };
    }

    /// <summary>The delivery given up without another attempt.</summary>
    public WebhookDelivery GiveUp() => Become(DeliveryState.Failed) with { NextAttemptAt = null };

    private WebhookDelivery Become(DeliveryState state) => DeliveryTransitions.Allows(State, state)
        ? this with { State = state }
        : throw new InvalidOperationException($"A delivery that is {State} cannot become {state}.");
}
