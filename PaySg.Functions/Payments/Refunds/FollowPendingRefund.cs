using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Follows a refund that the gateway has taken and not decided: the notice of its end may be lost.</summary>
internal sealed class FollowPendingRefund(
    PaySgTables tables, GatewayBorder gateway, SettleRefund settle, IdGenerator ids, TimeProvider clock, ILogger<FollowPendingRefund> log) : IOutboxWork
{
    public string Kind => OutboxKind.PendingRefund;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.PendingRefund"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var now = clock.NowInMilliseconds();
        if (now < work.DueAt)
            return;

        var key = RefundRows.KeyOf(work);
        var play = await settle.FindAsync(key);
        if (play is { Refund.Status: RefundStatus.Pending })
        {
            var outcome = await gateway.FindRefundAsync(play.AtGateway);
            if (outcome.State is not (RefundState.Succeeded or RefundState.Refused))
            {
                await tables.Payments.MoveOnAsync(work, RefundRows.Following(key, PendingRefundSchedule.Next(play.Refund.CreatedAt, now)), ids);
                return;
            }

            await settle.RunAsync(play, outcome);
            Log.RefundRepaired(log, key.PaymentId, key.RefundId, outcome.State == RefundState.Succeeded ? "succeeded" : "failed");
        }

        // Whoever ended the refund left the row to its time: so that end is a smaller transaction.
        await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
    }
}
