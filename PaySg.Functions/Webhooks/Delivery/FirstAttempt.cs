using System.Diagnostics;
using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// The first attempt of a delivery, made by the fan-out itself: the POST, then one transaction with the delivery and what came of it. Until that is
/// written the event's outbox row stands, so a process that dies in between leaves an event that is fanned out again.
/// </summary>
internal sealed class FirstAttempt(
    PaySgTables tables,
    DeliveryTurns turns,
    PostInPlace postInPlace,
    RecordAttempt record,
    DeliveryAlarm alarm,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<FirstAttempt> log) : IDisposable
{
    /// <summary>How many may be under way in this process: half of the messages that it works on at once, so receivers that hang leave the other half.</summary>
    public const int AtOnce = 64;

    /// <summary>How long a receiver may take before its delivery is written down without an outcome, so that the outbox row can go.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    // Places of its own: later attempts do not keep first ones out, nor the other way round.
    private readonly EndpointPlaces places = new(clock);
    private readonly SemaphoreSlim free = new(AtOnce);

    /// <summary>Begins the attempt. Null: too many are under way, and it is left to a message.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="stored">The endpoint, as it was read just now.</param>
    /// <param name="mayBeWritten">Whether an earlier fan-out may have written the delivery: then it is inserted before anything is posted.</param>
    public FirstAttemptRun? Begin(WebhookDelivery delivery, StoredWebhookEndpoint stored, bool mayBeWritten)
    {
        if (!free.Wait(0))
            return null;

        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new FirstAttemptRun(written.Task, RunAsync(delivery, stored, mayBeWritten, written));
    }

    public void Dispose() => free.Dispose();

    private async Task RunAsync(WebhookDelivery delivery, StoredWebhookEndpoint stored, bool mayBeWritten, TaskCompletionSource<bool> written)
    {
        try
        {
            written.TrySetResult(await TryAsync(delivery, stored, mayBeWritten, written));
        }
        catch (Exception fault)
        {
            written.TrySetException(fault);
            throw;
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Whether the delivery is in storage.</summary>
    private async Task<bool> TryAsync(WebhookDelivery delivery, StoredWebhookEndpoint stored, bool mayBeWritten, TaskCompletionSource<bool> written)
    {
        using var turn = await turns.TakeAsync(delivery.EndpointId, delivery.Event.Id);
        using var step = Tracing.Begin(log, Tracing.Delivery, ActivityKind.Consumer, delivery.TraceParent);
        Tracing.Tell(TraceTag.EndpointId, delivery.EndpointId);
        EventSubject.Tell(delivery.Event);
        var message = new DeliveryMessage(stored.Endpoint.OwnerId, delivery.EndpointId, delivery.Event.Id, Attempt: 1, delivery.TraceParent);
        var play = new DeliveryInPlay(delivery, mayBeWritten ? await InsertAsync(delivery) : null);
        if (mayBeWritten)
        {
            written.TrySetResult(true);
            if (play.Row is null)
            {
                // An earlier fan-out got this far. Its attempt may not have been made, and a message too many does nothing.
                await alarm.SetAsync(message, TimeSpan.Zero);
                return true;
            }
        }

        var posting = places.TryEnter(delivery.EndpointId) is { } place ? postInPlace.RunAsync(place, delivery, stored.Endpoint) : NotPosted;
        if (play.Row is null && !await IsOverInTimeAsync(posting))
        {
            // A conflict: another fan-out is at it, too. Then whoever records first is the one that counts.
            play = play with { Row = await InsertAsync(delivery) };
            written.TrySetResult(true);
        }

        if ((await posting).Post is { } post)
        {
            await record.RunAsync(message, play, stored, post);
            return true;
        }

        if (play.Row is not null)
            await alarm.SetAsync(message, TimeSpan.Zero);

        return play.Row is not null;
    }

    private static Task<(PostResult? Post, TimeSpan PutBackFor)> NotPosted { get; } = Task.FromResult<(PostResult?, TimeSpan)>((null, default));

    /// <summary>Inserts the delivery with its due row; null: it is there.</summary>
    private async Task<TableEntity?> InsertAsync(WebhookDelivery delivery)
    {
        var group = new EntityGroup(ids.NewWriteId()).InsertNew(delivery);
        return await tables.Deliveries.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed written ? DeliveryRows.AsWritten(group, written) : null;
    }

    private async Task<bool> IsOverInTimeAsync(Task posting)
    {
        try
        {
            await posting.WaitAsync(Budget, clock);
            return true;
        }
        catch (TimeoutException) when (!posting.IsCompleted)
        {
            return false;
        }
    }
}
