using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>Sends the message that makes the outbox be worked on at once instead of at the next sweep.</summary>
internal sealed class OutboxNudge(PaySgQueues queues, IEnumerable<IWantedWork> wanted, StorageAdvice advice, ILogger<OutboxNudge> log) : IAfterWrite
{
    /// <summary>Sends the nudge. A failure is no failure of the caller's: the row stands, and the sweeper finds it.</summary>
    /// <param name="delay">When it is to be worked on, from now.</param>
    public async Task SendAsync(OutboxRow row, TimeSpan delay = default)
    {
        try
        {
            await SendOrThrowAsync(row, delay, CancellationToken.None);
        }
        catch (Exception fault) when (StorageFaults.IsOfStorage(fault))
        {
            Log.NudgeNotSent(log, row.OwnerId, row.RowKey, QueueOf(row).Name, advice.For(fault), fault);
        }
    }

    /// <summary>Sends a nudge for each outbox row among them that is due at once and that somebody may want: none can be forgotten.</summary>
    /// <param name="written">The rows. They stand.</param>
    /// <param name="now">The time of the transaction.</param>
    public async Task RunAsync(EntityGroup written, DateTimeOffset now)
    {
        foreach (var action in written.Actions.Where(action => action.ActionType == TableTransactionActionType.Add))
        {
            if (OutboxRow.Parse(action.Entity.PartitionKey, action.Entity.RowKey) is { } row && row.DueAt == now && await MayBeWantedAsync(row, (TableEntity)action.Entity))
                await SendAsync(row);
        }
    }

    private async Task<bool> MayBeWantedAsync(OutboxRow row, TableEntity written)
    {
        try
        {
            return wanted.SingleOrDefault(each => each.Kind == row.Kind) is not { } known || await known.MayBeWantedAsync(written);
        }
        catch (Exception fault) when (StorageFaults.IsOfStorage(fault))
        {
            return true;
        }
    }

    /// <summary>Sends the nudge into the queue of the row's kind, or throws.</summary>
    public Task SendOrThrowAsync(OutboxRow row, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new OutboxMessage(row.OwnerId, row.RowKey, Tracing.Current), StoredOutboxJson.Compact.OutboxMessage);
        return QueueOf(row).SendAsync(message, QueueDelay.RoundUp(delay), cancellationToken);
    }

    private OwnQueueClient QueueOf(OutboxRow row) => row.Kind == OutboxKind.Mail ? queues.Emails : queues.Outbox;
}
