using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Finds out what became of an attempt on a link that is in doubt, and checks one that is pending: the gateway's notice of its end may be lost, and when the
/// payer's time is over it is withdrawn.
/// </summary>
internal sealed class RepairLinkCharge(
    PaySgTables tables,
    LookUpCharge lookUp,
    GatewayBorder gateway,
    SettleLinkAttempt settle,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<RepairLinkCharge> log) : IOutboxWork
{
    public string Kind => OutboxKind.LinkCharge;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LinkCharge"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var now = clock.NowInMilliseconds();
        if (now < work.DueAt)
            return;

        switch (await settle.FindAsync(work.OwnerId, work.Subject))
        {
            case { Attempt.Status: ChargeAttemptStatus.Begun } play:
                await RepairAsync(play);
                break;
            case { Attempt.Status: ChargeAttemptStatus.Pending } play:
                await CheckPendingAsync(play, work, now);
                break;
            default:
                // Whoever ended a pending attempt left the row to its time: so that end is a smaller transaction.
                await tables.PaymentLinks.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
                break;
        }
    }

    /// <summary>What ends the doubt deletes its row.</summary>
    private async Task RepairAsync(LinkAttemptInPlay play)
    {
        var attempt = play.Attempt;
        await SettleAsync(play, await lookUp.RunAsync(attempt.AtGateway));
    }

    private async Task CheckPendingAsync(LinkAttemptInPlay play, OutboxRow work, DateTimeOffset now)
    {
        var attempt = play.Attempt;
        var outcome = now < attempt.ExpiredAt
            ? await gateway.FindAsync(attempt.AtGateway)
            : await gateway.VoidAsync(attempt.AtGateway);
        if (await SettleAsync(play, outcome.State == ChargeState.Voided ? outcome with { Reason = LinkAttempt.Expired } : outcome) != ChargeAttemptStatus.Pending)
        {
            await tables.PaymentLinks.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        // Still pending, or the gateway gave no clear answer.
        await tables.PaymentLinks.MoveOnAsync(work, LinkAttemptRows.SeenAfter(attempt, PendingLinkSchedule.Next(attempt, now)), ids);
    }

    private async Task<ChargeAttemptStatus> SettleAsync(LinkAttemptInPlay play, ChargeOutcome outcome)
    {
        var settled = await settle.RunAsync(play, outcome);
        if (settled.Attempt.Status != play.Attempt.Status)
            Log.LinkChargeRepaired(log, play.Attempt.PaymentLinkId, play.Attempt.ReffNo, settled.Attempt.Status.ToString());

        return settled.Attempt.Status;
    }
}
