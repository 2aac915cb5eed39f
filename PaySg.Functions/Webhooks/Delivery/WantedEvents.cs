using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Tells whether any endpoint of an event's owner subscribes to its type, an endpoint that is disabled too: it gets a delivery that is skipped. What is
/// remembered only saves a message: what is done with an event is decided by what is in storage then.
/// </summary>
internal sealed class WantedEvents(WebhookEndpointStore endpoints) : IWantedWork
{
    public string Kind => OutboxKind.Event;

    public IReadOnlyList<string> Columns { get; } = [EventOutboxRows.Type];

    public async Task<bool> MayBeWantedAsync(TableEntity row) =>
        row.GetString(EventOutboxRows.Type) is not { } type || IsAlwaysWanted(row.PartitionKey) || Wants(await endpoints.RecallSubscribedAsync(row.PartitionKey), type);

    public async Task<Func<TableEntity, bool>> ReadAsync(string ownerId, CancellationToken cancellationToken)
    {
        if (IsAlwaysWanted(ownerId))
            return static _ => true;

        var subscribed = await endpoints.ReadSubscribedAsync(ownerId, cancellationToken);
        return row => row.GetString(EventOutboxRows.Type) is not { } type || Wants(subscribed, type);
    }

    /// <summary>An account has one endpoint from the beginning, which takes everything.</summary>
    private static bool IsAlwaysWanted(string ownerId) => OwnerIds.KindOf(ownerId) == OwnerKind.Account;

    private static bool Wants(IReadOnlySet<string> subscribed, string type) => subscribed.Contains(type) || subscribed.Contains(EventTypes.All);
}
