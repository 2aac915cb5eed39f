using Azure;
using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>
/// Writes the gateway's outcome of an attempt: attempt, payment, event, outbox and the stored answer of a keyed call, in one transaction. The only place where a
/// payment becomes paid. Money that was taken is never given up: a lost race is read and decided again.
/// </summary>
internal sealed class SettleAttempt(
    PaySgTables tables,
    PaymentServiceStore services,
    HotRowRetry hotRow,
    PaymentEvents events,
    PaymentMails mails,
    ChargeAttemptAnswer answers,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<SettleAttempt> log)
{
    /// <summary>Reads an attempt and its payment in parallel; null where either does not exist.</summary>
    public async Task<AttemptInPlay?> FindAsync(AttemptKey key)
    {
        var paymentRead = tables.Payments.FindAsync(key.OwnerId, PaymentRows.Key(key.ChargeId));
        var attemptRead = tables.Payments.FindAsync(key.OwnerId, ChargeAttemptRows.Key(key.ChargeId, key.AttemptId));
        await Task.WhenAll(paymentRead, attemptRead);
        var payment = await paymentRead;
        var attempt = await attemptRead;
        return payment is not null && attempt is not null
            ? new AttemptInPlay(
                new StoredPayment(PaymentRows.Read(payment), payment.ETag),
                ChargeAttemptRows.Read(attempt),
                attempt.ETag)
            : null;
    }

    /// <summary>Writes the outcome and returns both as they are then. An outcome that changes nothing writes nothing.</summary>
    public Task<AttemptInPlay> RunAsync(AttemptInPlay play, ChargeOutcome outcome) => hotRow.UntilWrittenAsync(
        play,
        async () => await FindAsync(play.Key) ?? throw new InvalidOperationException($"Attempt {play.Attempt.Id} has vanished."),
        current => TryWriteAsync(current, outcome));

    private async Task<AttemptInPlay?> TryWriteAsync(AttemptInPlay play, ChargeOutcome outcome)
    {
        var payment = play.Payment;
        if (ChargeAttempts.Decide(play.Attempt.State, outcome, isStillWanted: payment.Status == PaymentStatus.Unpaid) is not { } next)
            return play;

        var now = clock.NowInMilliseconds();
        var attempt = play.Attempt.Become(next.Status, now, next.FailureReason).Learn(outcome);
        if (attempt.Status == ChargeAttemptStatus.Refunding)
            return await TryWriteLateChargeAsync(play, attempt, now);

        var isPaid = attempt.Status == ChargeAttemptStatus.Succeeded;
        if (isPaid && payment.Supplier is null)
            payment = payment.KeepSupplier(Supplier.Of(await services.FindRememberedAsync(payment.PaymentServiceId, CancellationToken.None)));

        payment = isPaid ? payment.Pay(attempt, now)
            : attempt.IsFinal ? payment.EndAttempt(attempt.Id, counts: outcome.State == ChargeState.Declined)
            : payment.PendAttempt(attempt);
        var group = new EntityGroup(ids.NewWriteId())
            .ReplacePayment(play.Stored, payment)
            .Replace(ChargeAttemptRows.Write(attempt, payment.PaymentServiceId), play.AttemptVersion);
        EndDoubt(group, play, attempt, payment);

        if (attempt.Status == ChargeAttemptStatus.Pending)
            group.Insert(PendingSchedule.First(attempt, payment.PaymentServiceId).ToEntity());

        if (isPaid)
        {
            group.Publish(events.Of(payment, PaymentTransitions.EventOf(play.Payment.Status, payment.Status), now));
            mails.AddReceipt(group, payment, now);
        }

        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is not WriteResult.Committed written)
            return null;

        await nudge.RunAsync(group, now);
        return new AttemptInPlay(new StoredPayment(payment, written.MainETag), attempt, ETag.All) { EndsDoubt = IsInDoubt(play) };
    }

    /// <summary>The gateway charged for a payment that is paid or cancelled already: no event, the money goes back.</summary>
    private async Task<AttemptInPlay?> TryWriteLateChargeAsync(AttemptInPlay play, ChargeAttempt attempt, DateTimeOffset now)
    {
        var payment = play.Payment;
        Log.LateCharge(log, payment.Id, attempt.Id, payment.Status.Name());
        var outbox = new OutboxRow(payment.PaymentServiceId, now, OutboxKind.LateCharge, OutboxSubject.Of(payment.Id, attempt.Id));
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(ChargeAttemptRows.Write(attempt, payment.PaymentServiceId), play.AttemptVersion)
            .Insert(outbox.ToEntity());
        EndDoubt(group, play, attempt, payment);

        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is not WriteResult.Committed)
            return null;

        await nudge.SendAsync(outbox);
        return play with { Attempt = attempt, EndsDoubt = IsInDoubt(play) };
    }

    /// <summary>Where the write ends a doubt it deletes its row, so two can never be written, and decides the answer of the call that asked for the attempt.</summary>
    private void EndDoubt(EntityGroup group, AttemptInPlay play, ChargeAttempt changed, Payment payment)
    {
        if (!IsInDoubt(play))
            return;

        group.Delete(payment.PaymentServiceId, ChargeAttemptRows.Doubt(play.Attempt, payment.PaymentServiceId).RowKey);
        if (changed.Call is { } call)
            group.DecideRecord(call.Keyed, payment.PaymentServiceId, answers.Of(changed, payment, call.RequestId));
    }

    private static bool IsInDoubt(AttemptInPlay play) => play.Attempt.Status == ChargeAttemptStatus.Begun;
}
