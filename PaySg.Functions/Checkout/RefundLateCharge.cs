using Azure;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Outbox;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout;

/// <summary>
/// Gives back what an attempt charged when its payment was paid or cancelled already. The attempt's id is the key at the gateway; its
/// outbox row stands until the money is on its way.
/// </summary>
public sealed class RefundLateCharge(
    PaySgTables tables, IGateway gateway, SettleAttempt settle, IdGenerator ids, TimeProvider clock, ILogger<RefundLateCharge> log)
{
    /// <summary>The failure reason of an attempt whose money went back.</summary>
    public const string RefundedLate = "refunded_late";

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LateCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (paymentId, attemptId) = OutboxSubject.Parse(row.Subject);
        var play = await settle.FindAsync(row.OwnerId, paymentId, attemptId);
        if (play is not { Attempt.Status: ChargeAttemptStatus.Refunding })
        {
            await tables.Payments.DeleteEntityAsync(row.OwnerId, row.RowKey, ETag.All);
            return;
        }

        var outcome = await gateway.RefundAsync(paymentId, attemptId, attemptId, play.Payment.Charge.Amount, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            // Somebody must look at it: the row stands, and the error is logged again with each sweep.
            Log.RefundRefused(log, paymentId, attemptId, outcome.Reason);
            return;
        }

        var ended = play.Attempt.Become(ChargeAttemptStatus.Failed, clock.NowInMilliseconds(), RefundedLate);
        await tables.Payments.SubmitAsync(
            new EntityGroup(ids.NewWriteId())
                .Replace(ChargeAttemptRows.Write(ended, row.OwnerId), play.AttemptVersion)
                .Delete(row.OwnerId, row.RowKey),
            CancellationToken.None);
    }
}
