using Azure;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Checkout;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Outbox;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Refunds;

/// <summary>Sends a refund in doubt again, with the same key, until the gateway decides. Only a definite refusal ends it as failed.</summary>
public sealed class RepairRefund(PaySgTables tables, IGateway gateway, SettleRefund settle, ILogger<RepairRefund> log)
{
    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Refund"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow doubt)
    {
        ArgumentNullException.ThrowIfNull(doubt);
        var (paymentId, refundId) = OutboxSubject.Parse(doubt.Subject);
        var play = await settle.FindAsync(doubt.OwnerId, paymentId, refundId);
        if (play is null || play.Refund.Status != RefundStatus.Pending)
        {
            await tables.Payments.DeleteEntityAsync(doubt.OwnerId, doubt.RowKey, ETag.All);
            return;
        }

        RefundOutcome outcome;
        try
        {
            outcome = await gateway.RefundAsync(paymentId, play.Payment.PaidByAttemptId!, refundId, Money.OfCents(play.Refund.AmountInCents), CancellationToken.None);
        }
        catch (Exception fault)
        {
            // Still not known: the in-doubt row stands, and the sweeper brings it again.
            Log.RefundInDoubt(log, paymentId, refundId, fault);
            return;
        }

        await settle.RunAsync(play, outcome);
        Log.RefundRepaired(log, paymentId, refundId, outcome.Succeeded ? "succeeded" : "failed");
    }
}
