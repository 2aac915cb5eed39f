using System.Diagnostics;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>Hands the outbox row that a queue message names to the worker of its kind.</summary>
internal sealed class WorkOutboxFunction(IEnumerable<IOutboxWork> workers, ILogger<WorkOutboxFunction> log)
{
    [Function("WorkOutbox")]
    public async Task RunAsync([QueueTrigger(PaySgQueues.OutboxName)] string message)
    {
        var named = JsonSerializer.Deserialize(message, StoredOutboxJson.Compact.OutboxMessage)!;
        using var step = Tracing.Begin(log, Tracing.Outbox, ActivityKind.Consumer, named.TraceParent);
        var row = OutboxRow.Parse(named.OwnerId, named.RowKey);
        row?.TellTrace();
        if (row is not null && workers.SingleOrDefault(worker => worker.Kind == row.Kind) is { } worker)
        {
            await worker.RunAsync(row);
        }
        else
        {
            Log.OutboxKindUnknown(log, named.OwnerId, named.RowKey);
        }
    }
}
