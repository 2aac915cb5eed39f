using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Gives back what an attempt charged when its link had no use left. Its outbox row stands until the money is on its way.
/// </summary>
internal sealed class RefundLateLinkCharge(
    PaySgTables tables, GatewayBorder gateway, SettleLinkAttempt settle, IdGenerator ids, TimeProvider clock, ILogger<RefundLateLinkCharge> log) : IOutboxWork
{
    public string Kind => OutboxKind.LinkLateCharge;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LinkLateCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var refundTry = LateRefundTry.Of(work);
        var play = await settle.FindAsync(work.OwnerId, refundTry.Subject);
        if (play is not { Attempt: { Status: ChargeAttemptStatus.Refunding } attempt })
        {
            await tables.PaymentLinks.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var now = clock.NowInMilliseconds();
        if (LateRefundSchedule.IsEarly(work.DueAt, attempt.UpdatedAt, now))
            return;

        var outcome = await gateway.RefundAgainAsync(refundTry.RefundOf(attempt.AtGateway, work));
        var next = LateRefundSchedule.Next(attempt.UpdatedAt, now);
        switch (outcome.State)
        {
            case RefundState.NotKnown:
                // The row stands, and the sweeper brings it again.
                return;
            case RefundState.Pending:
                await tables.PaymentLinks.MoveOnAsync(work, work with { DueAt = next }, ids);
                return;
            case RefundState.Refused:
                // Somebody must look at it.
                Log.LinkRefundRefused(log, attempt.PaymentLinkId, attempt.ReffNo, outcome.Reason);
                await tables.PaymentLinks.MoveOnAsync(work, refundTry.Next(work, next), ids);
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
