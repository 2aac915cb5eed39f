using System.Diagnostics;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Checkout;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Refunds;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Outbox;

/// <summary>Works on the outbox row that a queue message names.</summary>
public sealed class WorkOutboxFunction(
    FanOutEvent fanOutEvent,
    RepairCharge repairCharge,
    FollowPendingCharge followPendingCharge,
    RepairRefund repairRefund,
    RefundLateCharge refundLateCharge,
    RepairLinkCharge repairLinkCharge,
    RefundLateLinkCharge refundLateLinkCharge,
    EndDeletedEndpoint endDeletedEndpoint,
    TellEndpointDisabled tellEndpointDisabled,
    RunRecovery runRecovery,
    ILogger<WorkOutboxFunction> log)
{
    /// <summary>One message, one row.</summary>
    [Function("WorkOutbox")]
    public async Task RunAsync([QueueTrigger(PaySgQueues.OutboxName)] string message)
    {
        var named = JsonSerializer.Deserialize(message, StoredJson.Compact.OutboxMessage)!;
        using var step = Tracing.Begin(log, Tracing.Outbox, ActivityKind.Consumer, named.TraceParent);
        var row = OutboxRow.Parse(named.OwnerId, named.RowKey);
        row?.TellTrace();
        switch (row?.Kind)
        {
            case OutboxKind.Event:
                await fanOutEvent.RunAsync(row);
                break;
            case OutboxKind.Charge:
                await repairCharge.RunAsync(row);
                break;
            case OutboxKind.PendingCharge:
                await followPendingCharge.RunAsync(row);
                break;
            case OutboxKind.Refund:
                await repairRefund.RunAsync(row);
                break;
            case OutboxKind.LateCharge:
                await refundLateCharge.RunAsync(row);
                break;
            case OutboxKind.LinkCharge:
                await repairLinkCharge.RunAsync(row);
                break;
            case OutboxKind.LinkLateCharge:
                await refundLateLinkCharge.RunAsync(row);
                break;
            case OutboxKind.EndpointDeleted:
                await endDeletedEndpoint.RunAsync(row);
                break;
            case OutboxKind.EndpointDisabled:
                await tellEndpointDisabled.RunAsync(row);
                break;
            case OutboxKind.Recovery:
                await runRecovery.RunAsync(row);
                break;
            default:
                Log.OutboxKindUnknown(log, named.OwnerId, named.RowKey);
                break;
        }
    }
}
