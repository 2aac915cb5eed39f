using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>
/// Gives back what an attempt charged when its payment was paid or cancelled already. Its outbox row stands until the money is on its way.
/// </summary>
internal sealed class RefundLateCharge(
    PaySgTables tables, GatewayBorder gateway, SettleAttempt settle, OutboxNudge nudge, IdGenerator ids, TimeProvider clock, ILogger<RefundLateCharge> log) : IOutboxWork
{
    public string Kind => OutboxKind.LateCharge;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LateCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var refundTry = LateRefundTry.Of(work);
        var key = ChargeAttemptRows.KeyOf(work with { Subject = refundTry.Subject });
        var play = await settle.FindAsync(key);
        if (play is not { Attempt.Status: ChargeAttemptStatus.Refunding })
        {
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var now = clock.NowInMilliseconds();
        if (LateRefundSchedule.IsEarly(work.DueAt, play.Attempt.UpdatedAt, now))
            return;

        var outcome = await gateway.RefundAgainAsync(refundTry.RefundOf(play.AtGateway, work));
        var next = LateRefundSchedule.Next(play.Attempt.UpdatedAt, now);
        switch (outcome.State)
        {
            case RefundState.NotKnown:
                // The row stands, and the sweeper brings it again.
                return;
            case RefundState.Pending:
                await tables.Payments.MoveOnAsync(work, work with { DueAt = next }, ids);
                return;
            case RefundState.Refused:
                // Somebody must look at it.
                Log.RefundRefused(log, key.ChargeId, key.AttemptId, outcome.Reason);
                await tables.Payments.MoveOnAsync(work, refundTry.Next(work, next), ids);
                return;
        }

        var ended = play.Attempt.Become(ChargeAttemptStatus.Failed, now, ChargeAttempt.RefundedLate);
        await tables.Payments.SubmitAsync(
            new EntityGroup(ids.NewWriteId())
                .Replace(ChargeAttemptRows.Write(ended, work.OwnerId), play.AttemptVersion)
                .Delete(work.OwnerId, work.RowKey),
            CancellationToken.None);
    }

    /// <summary>The money did not arrive and came back to the gateway: it is given back once more. A conflict: another worker was faster.</summary>
    /// <param name="refundId">The refund that came back.</param>
    public async Task ReopenAsync(AttemptInPlay play, string refundId)
    {
        var now = clock.NowInMilliseconds();
        var key = play.Key;
        var work = new LateRefundTry(OutboxSubject.Of(key.ChargeId, key.AttemptId), LateRefundTry.NumberOf(refundId))
            .Next(new OutboxRow(key.OwnerId, now, OutboxKind.LateCharge, ""), now);
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(ChargeAttemptRows.Write(play.Attempt.Become(ChargeAttemptStatus.Refunding, now), key.OwnerId), play.AttemptVersion)
            .Insert(work.ToEntity());
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
            await nudge.SendAsync(work);
    }
}
