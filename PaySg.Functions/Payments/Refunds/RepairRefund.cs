using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Sends a refund in doubt again, with the same key, until the gateway decides. Only a definite refusal ends it as failed.</summary>
internal sealed class RepairRefund(PaySgTables tables, GatewayBorder gateway, SettleRefund settle, ILogger<RepairRefund> log) : IOutboxWork
{
    public string Kind => OutboxKind.Refund;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Refund"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var key = RefundRows.KeyOf(work);
        var play = await settle.FindAsync(key);
        if (play is null || play.Refund.Status != RefundStatus.Pending)
        {
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var outcome = await gateway.RefundAsync(play.PaidBy, key.RefundId, Money.OfCents(play.Refund.AmountInCents));
        if (outcome.State == RefundState.NotKnown)
        {
            // The in-doubt row stands, and the sweeper brings it again.
            Log.RefundInDoubt(log, key.PaymentId, key.RefundId, null);
            return;
        }

        await settle.RunAsync(play, outcome);
        Log.RefundRepaired(log, key.PaymentId, key.RefundId, outcome.State == RefundState.Succeeded ? "succeeded" : "failed");
    }
}
