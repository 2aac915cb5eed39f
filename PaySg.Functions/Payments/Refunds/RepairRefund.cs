using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Asks the gateway for a refund in doubt, and sends what it does not know again with the same key. Only a definite refusal ends it as failed.</summary>
internal sealed class RepairRefund(PaySgTables tables, GatewayBorder gateway, SettleRefund settle, ILogger<RepairRefund> log) : IOutboxWork
{
    public string Kind => OutboxKind.Refund;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Refund"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var key = RefundRows.KeyOf(work);
        var play = await settle.FindAsync(key);
        if (play is not { Refund.IsInDoubt: true })
        {
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var outcome = await gateway.RefundAgainAsync(play.AtGateway);
        if (outcome.State == RefundState.NotKnown)
        {
            // The in-doubt row stands, and the sweeper brings it again.
            Log.RefundInDoubt(log, key.PaymentId, key.RefundId, null);
            return;
        }

        await settle.RunAsync(play, outcome);
        Log.RefundRepaired(log, key.PaymentId, key.RefundId, outcome.State switch { RefundState.Succeeded => "succeeded", RefundState.Refused => "failed", _ => "pending" });
    }
}
