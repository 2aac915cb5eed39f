using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// Gives an event to each endpoint that subscribes to it. The first attempts are made here; what finds no place for that gets a delivery row with its due
/// row, and a message. A disabled endpoint gets a delivery that is skipped, which a recovery can send later. When all deliveries are written the outbox
/// row goes. Each step may be done twice, so a process may die anywhere in between.
/// </summary>
internal sealed class FanOutEvent(
    PaySgTables tables,
    WebhookEndpointStore endpoints,
    FirstAttempt firstAttempt,
    DeliveryTurns turns,
    DeliveryAlarm alarm,
    IdGenerator ids,
    TimeProvider clock,
    WebhookMetrics metrics,
    ILogger<FanOutEvent> log) : IOutboxWork
{
    /// <summary>How many first attempts one fan-out makes. The other endpoints are left to messages, so that none waits for another.</summary>
    public const int FirstAttempts = 8;

    /// <summary>A row that is older may have been worked on before, by a process that died: then deliveries are looked for.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private const int InParallel = 8;

    public string Kind => OutboxKind.Event;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Event"/>. Where it is gone the work is done.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var begun = new List<FirstAttemptRun>();
        try
        {
            // A message that came twice waits, and finds the row gone.
            using var turn = await turns.TakeAsync(work.OwnerId, work.RowKey);
            await FanOutAsync(work, begun);
        }
        finally
        {
            await Task.WhenAll(begun.Select(static run => run.Whole));
        }
    }

    private async Task FanOutAsync(OutboxRow work, List<FirstAttemptRun> begun)
    {
        var events = tables.OfOwner(work.OwnerId);
        var outboxRead = events.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, work.RowKey);
        var endpointsRead = endpoints.ListAllAsync(work.OwnerId, CancellationToken.None);
        await Task.WhenAll(outboxRead, endpointsRead);
        var outboxRow = await outboxRead;
        if (!outboxRow.HasValue)
            return;

        if ((EventOutboxRows.Read(work, outboxRow.Value!) ?? await FindEventAsync(events, work)) is { } webhookEvent)
        {
            EventSubject.Tell(webhookEvent);
            var excluded = WebhookEndpointEvents.SubjectOf(webhookEvent);
            var subscribed = (await endpointsRead)
                .Where(stored => stored.Endpoint.Id != excluded && stored.Endpoint.SubscribesTo(webhookEvent.Type))
                .Select(stored => (Stored: stored, Delivery: DeliveryTo(stored.Endpoint, webhookEvent, outboxRow.Value!.GetString(Tracing.TraceParent))));
            await StartAsync([.. subscribed], begun, mayBeWritten: (clock.GetUtcNow() - work.DueAt).Duration() >= Fresh);
        }
        else
        {
            Log.OutboxEventMissing(log, work.OwnerId, work.RowKey);
        }

        await events.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
    }

    private static async Task<WebhookEvent?> FindEventAsync(TableClient events, OutboxRow work)
    {
        var row = await events.GetEntityIfExistsAsync<TableEntity>(work.OwnerId, EventRows.Key(work.Subject));
        return row.HasValue ? EventRows.Read(row.Value!) : null;
    }

    private WebhookDelivery DeliveryTo(WebhookEndpoint endpoint, WebhookEvent webhookEvent, string? traceParent) =>
        (endpoint.Enabled ? WebhookDelivery.Of(webhookEvent, endpoint.Id, clock.NowInMilliseconds()) : WebhookDelivery.SkippedOf(webhookEvent, endpoint.Id))
        with { TraceParent = traceParent };

    /// <summary>Sees to it that each delivery is in storage. First attempts may still be under way then: only those of receivers that are slow.</summary>
    private async Task StartAsync(List<(StoredWebhookEndpoint Stored, WebhookDelivery Delivery)> deliveries, List<FirstAttemptRun> begun, bool mayBeWritten)
    {
        var left = new List<(StoredWebhookEndpoint Stored, WebhookDelivery Delivery)>();
        var attempts = new List<Task>();
        foreach (var each in deliveries)
        {
            // Who failed last may well hang: it holds nothing up here.
            var isTried = attempts.Count < FirstAttempts && each.Stored.Endpoint is { Enabled: true, FailingSince: null };
            if (isTried && firstAttempt.Begin(each.Delivery, each.Stored, mayBeWritten) is { } run)
            {
                begun.Add(run);
                attempts.Add(LeaveUnlessWrittenAsync(run, each.Stored.Endpoint, each.Delivery));
            }
            else
            {
                left.Add(each);
            }
        }

        var leaving = Parallel.ForEachAsync(
            left, new ParallelOptions { MaxDegreeOfParallelism = InParallel }, async (each, _) => await LeaveAsync(each.Stored.Endpoint, each.Delivery));
        await Task.WhenAll([leaving, .. attempts]);
    }

    private async Task LeaveUnlessWrittenAsync(FirstAttemptRun run, WebhookEndpoint endpoint, WebhookDelivery delivery)
    {
        if (!await run.Written)
            await LeaveAsync(endpoint, delivery);
    }

    /// <summary>Writes the delivery, and leaves its first attempt to a message.</summary>
    private async Task LeaveAsync(WebhookEndpoint endpoint, WebhookDelivery delivery)
    {
        // A conflict: an earlier run got this far. Its message may not have been sent, and a message too many does nothing.
        var group = new EntityGroup(ids.NewWriteId()).InsertNew(delivery);
        var result = await tables.Deliveries.SubmitAsync(group, CancellationToken.None);
        if (!endpoint.Enabled && result is WriteResult.Committed)
        {
            metrics.Ended(DeliveryJson.NameOf(delivery.State));
        }
        else if (endpoint.Enabled)
        {
            await alarm.SetAsync(new DeliveryMessage(endpoint.OwnerId, endpoint.Id, delivery.Event.Id, Attempt: 1, delivery.TraceParent), TimeSpan.Zero);
        }
    }
}
