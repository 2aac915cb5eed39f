using System.Text.Json;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Outbox;

/// <summary>Sends the message that makes the outbox be worked on at once instead of at the next sweep.</summary>
public sealed class OutboxNudge(PaySgQueues queues, ILogger<OutboxNudge> log)
{
    /// <summary>Sends the nudge. A failure is no failure of the caller's: the row stands, and the sweeper finds it.</summary>
    public async Task SendAsync(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            await SendOrThrowAsync(row, CancellationToken.None);
        }
        catch (Exception fault) when (StorageFaults.IsOutage(fault) || fault is Azure.RequestFailedException)
        {
            Log.NudgeNotSent(log, row.OwnerId, row.RowKey, fault);
        }
    }

    /// <summary>Sends the nudge, or throws.</summary>
    public Task SendOrThrowAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var message = JsonSerializer.Serialize(new OutboxMessage(row.OwnerId, row.RowKey, Tracing.Current), StoredJson.Compact.OutboxMessage);
        return queues.Outbox.SendMessageAsync(message, cancellationToken);
    }
}
