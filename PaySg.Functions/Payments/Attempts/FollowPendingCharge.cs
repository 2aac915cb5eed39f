using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Follows an attempt that the gateway decides later: the notice of its end may be lost, and it may never end.</summary>
internal sealed class FollowPendingCharge(
    PaySgTables tables, GatewayBorder gateway, SettleAttempt settle, IdGenerator ids, TimeProvider clock, ILogger<FollowPendingCharge> log) : IOutboxWork
{
    /// <summary>The failure reason of an attempt that was withdrawn because it did not end.</summary>
    public const string Expired = "expired";

    public string Kind => OutboxKind.PendingCharge;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.PendingCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var now = clock.NowInMilliseconds();
        if (now < work.DueAt)
            return;

        var key = ChargeAttemptRows.KeyOf(work);
        var play = await settle.FindAsync(key);
        if (play is not { Attempt.Status: ChargeAttemptStatus.Pending })
        {
            // Whoever ended the attempt left the row to its time: so that end is a smaller transaction.
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var outcome = now - play.Attempt.CreatedAt < PendingSchedule.WithdrawnAfter
            ? await gateway.FindAsync(play.AtGateway)
            : await gateway.VoidAsync(play.AtGateway);
        var settled = await settle.RunAsync(play, outcome.State == ChargeState.Voided ? outcome with { Reason = Expired } : outcome);
        if (settled.Attempt.Status == ChargeAttemptStatus.Pending)
        {
            // Still pending, or the gateway gave no clear answer.
            await tables.Payments.MoveOnAsync(work, PendingSchedule.Next(play.Attempt, work.OwnerId, now), ids);
            return;
        }

        await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
        Log.PendingChargeEnded(log, key.ChargeId, key.AttemptId, settled.Attempt.Status.ToString());
    }
}
