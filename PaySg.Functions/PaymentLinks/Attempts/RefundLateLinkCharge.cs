using Azure;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Checkout;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Outbox;
using PaySg.Functions.Storage;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Gives back what an attempt charged when its link had no use left. The attempt's number is the key at the gateway; its outbox row stands until the
/// money is on its way.
/// </summary>
public sealed class RefundLateLinkCharge(
    PaySgTables tables, IGateway gateway, SettleLinkAttempt settle, IdGenerator ids, TimeProvider clock, ILogger<RefundLateLinkCharge> log)
{
    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LinkLateCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var play = await settle.FindAsync(row.OwnerId, row.Subject);
        if (play is not { Attempt: { Status: ChargeAttemptStatus.Refunding } attempt })
        {
            await tables.PaymentLinks.DeleteEntityAsync(row.OwnerId, row.RowKey, ETag.All);
            return;
        }

        var outcome = await gateway.RefundAsync(attempt.ReffNo, attempt.ReffNo, attempt.ReffNo, attempt.Charge.Amount, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            // Somebody must look at it: the row stands, and the error is logged again with each sweep.
            Log.LinkRefundRefused(log, attempt.PaymentLinkId, attempt.ReffNo, outcome.Reason);
            return;
        }

        var ended = attempt.Become(ChargeAttemptStatus.Failed, clock.NowInMilliseconds(), RefundLateCharge.RefundedLate);
        await tables.PaymentLinks.SubmitAsync(
            new EntityGroup(ids.NewWriteId())
                .Replace(LinkAttemptRows.Write(ended), play.AttemptVersion)
                .Delete(row.OwnerId, row.RowKey),
            CancellationToken.None);
    }
}
