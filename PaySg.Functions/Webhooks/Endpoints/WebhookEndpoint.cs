using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Where an owner wants its events delivered.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>Such as <c>we_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The payment service that it belongs to.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Where events are posted to.</summary>
    public required string Url { get; init; }

    /// <summary>The owner's own words, at most 500 characters, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Types of events, or <c>*</c>.</summary>
    public required IReadOnlyList<string> SubscribedEvents { get; init; }

    /// <summary>Whether events are delivered.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The signing secret, encrypted by <see cref="Access.SecretProtector"/> for the row of this id.</summary>
    public required string ProtectedSecret { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether events of the type are wanted.</summary>
    public bool SubscribesTo(string eventType) => SubscribedEvents.Contains(eventType) || SubscribedEvents.Contains(EventTypes.All);
}
