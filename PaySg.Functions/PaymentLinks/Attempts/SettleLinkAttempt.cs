using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Writes the gateway's outcome of an attempt on a link: attempt, the link's use, event, outbox and the stored answer of a keyed call, in one transaction. The
/// only place where a use is counted. Money that was taken is never given up: a lost race is read and decided again.
/// </summary>
internal sealed class SettleLinkAttempt(
    PaySgTables tables,
    HotRowRetry hotRow,
    PaymentLinkEvents events,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<SettleLinkAttempt> log)
{
    /// <summary>Reads the attempt with this number, and then its link; null where there is no such attempt.</summary>
    public async Task<LinkAttemptInPlay?> FindAsync(string accountId, string reffNo)
    {
        if (LinkAttemptNo.IdOf(reffNo) is not { } id)
            return null;

        var row = await FindRowAsync(accountId, LinkAttemptRows.Key(id));
        if (row is null || LinkAttemptRows.Read(row) is not { } attempt || attempt.ReffNo != reffNo)
            return null;

        Tracing.Tell(TraceTag.PaymentLinkId, attempt.PaymentLinkId.ToString(CultureInfo.InvariantCulture));
        return new LinkAttemptInPlay(attempt, row.ETag, LinkOf(await FindRowAsync(accountId, PaymentLinkRows.Key(attempt.PaymentLinkId))));
    }

    /// <summary>Writes the outcome. An outcome that changes nothing writes nothing.</summary>
    /// <exception cref="HotRowException">Too many others count their uses of the link just then. Nothing was written.</exception>
    public Task<SettledLinkAttempt> RunAsync(LinkAttemptInPlay play, ChargeOutcome outcome) =>
        hotRow.UntilWrittenAsync(play, () => ReadAgainAsync(play.Attempt), current => TryWriteAsync(current, outcome));

    private async Task<LinkAttemptInPlay> ReadAgainAsync(LinkAttempt attempt)
    {
        var attemptRead = FindRowAsync(attempt.AccountId, LinkAttemptRows.Key(attempt.Id));
        var linkRead = FindRowAsync(attempt.AccountId, PaymentLinkRows.Key(attempt.PaymentLinkId));
        var placeRead = attempt.Place is { } place
            ? FindRowAsync(attempt.AccountId, PendingPlaceRows.Key(attempt.PaymentLinkId, place))
            : Task.FromResult<TableEntity?>(null);
        await Task.WhenAll(attemptRead, linkRead, placeRead);
        var row = await attemptRead ?? throw new InvalidOperationException($"Attempt {attempt.ReffNo} has vanished.");
        var read = LinkAttemptRows.Read(row);

        // A place that is not there, as after a restore, must not keep money from being written down.
        return new LinkAttemptInPlay(await placeRead is null ? read with { Place = null } : read, row.ETag, LinkOf(await linkRead));
    }

    private async Task<SettledLinkAttempt?> TryWriteAsync(LinkAttemptInPlay play, ChargeOutcome outcome)
    {
        var attempt = play.Attempt;
        if (ChargeAttempts.Decide(attempt.State, outcome, isStillWanted: play.Link is { Link.IsUsedUp: false }) is not { } next)
            return new SettledLinkAttempt(attempt, EndsDoubt: false);

        var now = clock.NowInMilliseconds();
        var changed = attempt.Become(next.Status, now, next.FailureReason).Learn(outcome);
        var group = Begin(play, changed);
        if (changed.Status == ChargeAttemptStatus.Pending)
        {
            group.Insert(LinkAttemptRows.SeenAfter(changed, PendingLinkSchedule.Next(changed, now)).ToEntity());
        }
        else if (changed.Status == ChargeAttemptStatus.Refunding)
        {
            Log.LinkLateCharge(log, attempt.PaymentLinkId, attempt.ReffNo, attempt.FailureReason ?? (play.Link is null ? "link_deleted" : "link_used_up"));
            group.Insert(LinkAttemptRows.LateCharge(changed, now).ToEntity());
        }
        else if (changed.Status == ChargeAttemptStatus.Succeeded)
        {
            var link = play.Link!.Link.CountUse(now);
            group.Replace(PaymentLinkRows.Write(link), play.Link.Version).Publish(events.Paid(link, changed, now));
        }

        return await SubmitAsync(group, play, changed, now);
    }

    /// <summary>What each change of an attempt writes. It names the attempt's version, and where it ends a doubt deletes its row: so two can never be written.</summary>
    private EntityGroup Begin(LinkAttemptInPlay play, LinkAttempt changed)
    {
        var leaves = changed is { Place: not null, Status: not (ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending) };
        var group = new EntityGroup(ids.NewWriteId()).Replace(LinkAttemptRows.Write(leaves ? changed with { Place = null } : changed), play.AttemptVersion);
        if (leaves)
            group.Delete(changed.AccountId, PendingPlaceRows.Key(changed.PaymentLinkId, changed.Place!.Value));

        if (play.Attempt.Status == ChargeAttemptStatus.Begun)
        {
            group.Delete(changed.AccountId, LinkAttemptRows.Doubt(changed).RowKey);
            if (changed.Call is { } call)
                group.DecideRecord(call.Keyed, changed.AccountId, LinkAttemptAnswer.Of(changed, call.RequestId));
        }

        return group;
    }

    private async Task<SettledLinkAttempt?> SubmitAsync(EntityGroup group, LinkAttemptInPlay play, LinkAttempt changed, DateTimeOffset now)
    {
        if (await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return null;

        await nudge.RunAsync(group, now);
        return new SettledLinkAttempt(changed, EndsDoubt: play.Attempt.Status == ChargeAttemptStatus.Begun);
    }

    private Task<TableEntity?> FindRowAsync(string accountId, string key) =>
        tables.PaymentLinks.FindAsync(accountId, key);

    private static StoredPaymentLink? LinkOf(TableEntity? row) => row is null ? null : new StoredPaymentLink(PaymentLinkRows.Read(row), row.ETag);
}
