using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Where an owner wants its events delivered.</summary>
internal sealed record WebhookEndpoint
{
    /// <summary>An endpoint that has failed for so long is disabled by its next failing attempt.</summary>
    public static readonly TimeSpan LongestFailing = TimeSpan.FromDays(5);

    /// <summary>Such as <c>we_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The payment service or account that it belongs to.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Where events are posted to; empty: it is an account's that names no URL.</summary>
    public required string Url { get; init; }

    /// <summary>The owner's own words, at most 500 characters, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Types of events, or <c>*</c>.</summary>
    public required IReadOnlyList<string> SubscribedEvents { get; init; }

    /// <summary>Whether events are delivered.</summary>
    public bool Enabled => DisabledReason is null;

    /// <summary>Why nothing is delivered, one of <see cref="Endpoints.DisabledReason"/>; null: it is enabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>When the first attempt failed after which none succeeded; null: the last one did not fail.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// The signing secret, encrypted by <see cref="SecretProtector"/> for the row of this id; null: it is an account's, and the
    /// account's credential signs.
    /// </summary>
    public required string? ProtectedSecret { get; init; }

    /// <summary>The secret before this one, encrypted; null: there is none that may still sign.</summary>
    public string? PreviousProtectedSecret { get; init; }

    /// <summary>Until when the secret before this one signs too.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, other than by <see cref="FailingSince"/>.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether events of the type are wanted.</summary>
    public bool SubscribesTo(string eventType) => SubscribedEvents.Contains(eventType) || SubscribedEvents.Contains(EventTypes.All);

    /// <summary>The secrets that sign now, encrypted, the current one first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => (ProtectedSecret, PreviousProtectedSecret) switch
    {
        (null, _) => [],
        ({ } current, { } previous) when now < PreviousSecretExpiresAt => [current, previous],
        ({ } current, _) => [current],
    };

    /// <summary>
    /// The one endpoint of an account, which takes every event. It is there from the beginning, so that events are kept for it before the account names a
    /// URL, and its id is the account's in another form, so that nothing needs to be looked up.
    /// </summary>
    public static WebhookEndpoint OfAccount(string accountId, string? url, DateTimeOffset now) => new()
    {
        Id = IdOfAccount(accountId),
        OwnerId = accountId,
        Url = url ?? "",
        DisabledReason = ReasonOf(url),
        SubscribedEvents = [EventTypes.All],
        ProtectedSecret = null,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The id of an account's endpoint.</summary>
    public static string IdOfAccount(string accountId) => $"{WebhookEndpointRows.IdPrefix}{AccountId.ToUuid(accountId):D}";

    /// <summary>An account's endpoint with this URL, even an unchanged one: enabled, its failures forgotten. Null: disabled.</summary>
    public WebhookEndpoint PointAt(string? url, DateTimeOffset now) => this with
    {
        Url = url ?? "",
        DisabledReason = ReasonOf(url),
        FailingSince = null,
        UpdatedAt = now,
    };

    /// <summary>The endpoint with a new secret, the old one valid for a while. A third, older one is dropped.</summary>
    public WebhookEndpoint Rotate(string protectedSecret, TimeSpan overlap, DateTimeOffset now) => this with
    {
        ProtectedSecret = protectedSecret,
        PreviousProtectedSecret = overlap > TimeSpan.Zero ? ProtectedSecret : null,
        PreviousSecretExpiresAt = overlap > TimeSpan.Zero ? now + overlap : null,
        UpdatedAt = now,
    };

    /// <summary>The endpoint enabled, its bad record forgotten.</summary>
    public WebhookEndpoint Enable(DateTimeOffset now) => Enabled ? this : this with { DisabledReason = null, FailingSince = null, UpdatedAt = now };

    /// <summary>The endpoint disabled; the first reason stays.</summary>
    public WebhookEndpoint Disable(string reason, DateTimeOffset now) => Enabled ? this with { DisabledReason = reason, UpdatedAt = now } : this;

    /// <summary>The endpoint after an attempt; the same object where the attempt changes nothing, as almost all do.</summary>
    public WebhookEndpoint After(PostResult post, DateTimeOffset now)
    {
        if (!Enabled)
            return this;

        if (post.Succeeded)
            return FailingSince is null ? this : this with { FailingSince = null };

        if (post.Status == StatusGone)
            return Disable(Endpoints.DisabledReason.Gone, now) with { FailingSince = FailingSince ?? now };

        return FailingSince is null ? this with { FailingSince = now }
            : now - FailingSince >= LongestFailing ? Disable(Endpoints.DisabledReason.Failing, now)
            : this;
    }

    private const int StatusGone = 410;

    private static string? ReasonOf(string? url) => url is null ? Endpoints.DisabledReason.NoUrl : null;
}
