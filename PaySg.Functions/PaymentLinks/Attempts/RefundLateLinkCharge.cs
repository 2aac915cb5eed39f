using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Gives back what an attempt charged when its link had no use left. The attempt's number is the key at the gateway; its outbox row stands until the
/// money is on its way.
/// </summary>
internal sealed class RefundLateLinkCharge(
    PaySgTables tables, GatewayBorder gateway, SettleLinkAttempt settle, IdGenerator ids, TimeProvider clock, ILogger<RefundLateLinkCharge> log) : IOutboxWork
{
    public string Kind => OutboxKind.LinkLateCharge;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LinkLateCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var play = await settle.FindAsync(work.OwnerId, work.Subject);
        if (play is not { Attempt: { Status: ChargeAttemptStatus.Refunding } attempt })
        {
            await tables.PaymentLinks.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var now = clock.NowInMilliseconds();
        if (LateRefundSchedule.IsEarly(work.DueAt, attempt.UpdatedAt, now))
            return;

        var outcome = await gateway.RefundAsync(attempt.Key, attempt.ReffNo, attempt.Charge.Amount);
        switch (outcome.State)
        {
            case RefundState.NotKnown:
                // The row stands, and the sweeper brings it again.
                return;
            case RefundState.Refused:
                // Somebody must look at it. A conflict: another worker was faster, and the next row stands already.
                Log.LinkRefundRefused(log, attempt.PaymentLinkId, attempt.ReffNo, outcome.Reason);
                await tables.PaymentLinks.SubmitAsync(
                    new EntityGroup(ids.NewWriteId())
                        .Insert((work with { DueAt = LateRefundSchedule.Next(attempt.UpdatedAt, now) }).ToEntity())
                        .Delete(work.OwnerId, work.RowKey),
                    CancellationToken.None);
                return;
        }

        var ended = attempt.Become(ChargeAttemptStatus.Failed, now, ChargeAttempt.RefundedLate);
        await tables.PaymentLinks.SubmitAsync(
            new EntityGroup(ids.NewWriteId())
                .Replace(LinkAttemptRows.Write(ended), play.AttemptVersion)
                .Delete(work.OwnerId, work.RowKey),
            CancellationToken.None);
    }
}
