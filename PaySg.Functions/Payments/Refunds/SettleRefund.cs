using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Writes the gateway's decision of a refund: payment, event, outbox and the stored answer of a keyed call, in one transaction.</summary>
internal sealed class SettleRefund(
    PaySgTables tables,
    HotRowRetry hotRow,
    PaymentEvents events,
    PaymentMails mails,
    PaymentJson paymentJson,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<SettleRefund> log)
{
    /// <summary>Reads a refund and its payment in parallel; null where either does not exist.</summary>
    public async Task<RefundInPlay?> FindAsync(RefundKey key)
    {
        var paymentRead = tables.Payments.FindAsync(key.PaymentServiceId, PaymentRows.Key(key.PaymentId));
        var refundRead = tables.Payments.FindAsync(key.PaymentServiceId, RefundRows.Key(key.PaymentId, key.RefundId));
        await Task.WhenAll(paymentRead, refundRead);
        var payment = await paymentRead;
        var refund = await refundRead;
        return payment is not null && refund is not null
            ? new RefundInPlay(new StoredPayment(PaymentRows.Read(payment), payment.ETag), RefundRows.Read(refund))
            : null;
    }

    /// <summary>Writes the decision and gives the answer that the call deserves. A decision that is written already is not written again.</summary>
    /// <param name="outcome">What the gateway says. What is no decision, and what is not new, changes nothing.</param>
    public Task<ApiAnswer> RunAsync(RefundInPlay play, RefundOutcome outcome) => hotRow.UntilWrittenAsync(
        play,
        async () => await FindAsync(play.Key) ?? throw new InvalidOperationException($"Refund {play.Record.RefundId} has vanished."),
        current => TryWriteAsync(current, outcome));

    /// <summary>
    /// The answer for a refund that is decided already. A keyed call gets the stored one, which all its repetitions get: the payment may
    /// have changed since.
    /// </summary>
    public async Task<ApiAnswer> AnswerAgainAsync(RefundInPlay decided)
    {
        if (decided.Record.Keyed is { } keyed)
        {
            var record = await tables.Payments.FindAsync(decided.Payment.PaymentServiceId, IdempotencyRecords.Key(keyed));
            if (IdempotencyRecords.AnswerOf(record, keyed) is { } stored)
                return stored;
        }

        return AnswerFor(decided.Payment, decided.Refund, decided.Record);
    }

    private async Task<ApiAnswer?> TryWriteAsync(RefundInPlay play, RefundOutcome outcome) => (play.Refund.Status, outcome.State) switch
    {
        (RefundStatus.Pending, RefundState.Succeeded) => await TryEndAsync(play, RefundStatus.Succeeded, reason: null),
        (RefundStatus.Pending or RefundStatus.Succeeded, RefundState.Refused) => await TryEndAsync(play, RefundStatus.Failed, outcome.Reason ?? "refused"),
        (RefundStatus.Pending, RefundState.Pending) when play.Refund.IsInDoubt => await TryPendAsync(play, outcome.Reference!),
        _ => await AnswerAgainAsync(play),
    };

    private async Task<ApiAnswer?> TryEndAsync(RefundInPlay play, RefundStatus status, string? reason)
    {
        var now = clock.NowInMilliseconds();
        var payment = play.Payment.EndRefund(play.Refund.Id, status, now, reason);
        var ended = payment.Refunds.Single(refund => refund.Id == play.Refund.Id);
        var answer = AnswerFor(payment, ended, play.Record);
        var group = new EntityGroup(ids.NewWriteId())
            .ReplacePayment(play.Stored, payment)
            .Publish(events.Of(payment, RefundTransitions.EventOf(play.Refund.Status, status), now));
        EndDoubt(group, play, answer);
        if (status == RefundStatus.Succeeded)
            mails.AddCreditNote(group, payment, ended.Id, now);

        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return null;

        if (status == RefundStatus.Failed)
            Log.RefundRefused(log, payment.Id, ended.Id, ended.FailureReason);

        await nudge.RunAsync(group, now);
        return answer;
    }

    /// <summary>The gateway has taken the refund: nothing to tell yet, and its end is waited for.</summary>
    private async Task<ApiAnswer?> TryPendAsync(RefundInPlay play, string reference)
    {
        var payment = play.Payment.PendRefund(play.Refund.Id, reference);
        var answer = new ApiAnswer(200, paymentJson.Print(payment));
        var group = new EntityGroup(ids.NewWriteId())
            .ReplacePayment(play.Stored, payment)
            .Insert(RefundRows.Following(play.Key, PendingRefundSchedule.Next(play.Refund.CreatedAt, clock.NowInMilliseconds())).ToEntity());
        EndDoubt(group, play, answer);
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict ? null : answer;
    }

    /// <summary>Where the write ends a doubt it deletes its row, so two can never be written, and decides the answer of the call that asked for the refund.</summary>
    private static void EndDoubt(EntityGroup group, RefundInPlay play, ApiAnswer answer)
    {
        if (!play.Refund.IsInDoubt)
            return;

        group.Delete(play.Payment.PaymentServiceId, RefundRows.Doubt(play.Record, play.Payment.PaymentServiceId).RowKey);
        if (play.Record.Keyed is { } keyed)
            group.DecideRecord(keyed, play.Payment.PaymentServiceId, answer);
    }

    private ApiAnswer AnswerFor(Payment payment, Refund refund, RefundRecord record) => refund.Status == RefundStatus.Failed
        ? ErrorAnswer.Of(ApiErrors.RefundFailed(refund.FailureReason!).Error, record.RequestId)
        : new ApiAnswer(200, paymentJson.Print(payment));
}
