using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>Writes the gateway's decision of a refund: payment, event, outbox and the stored answer of a keyed call, in one transaction.</summary>
internal sealed class SettleRefund(
    PaySgTables tables,
    HotRowRetry hotRow,
    PaymentEvents events,
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
    /// <param name="outcome">What the gateway has decided: never <see cref="RefundState.NotKnown"/>.</param>
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

    private async Task<ApiAnswer?> TryWriteAsync(RefundInPlay play, RefundOutcome outcome)
    {
        if (play.Refund.Status != RefundStatus.Pending)
            return await AnswerAgainAsync(play);

        var now = clock.NowInMilliseconds();
        var (status, reason) = outcome.State switch
        {
            RefundState.Succeeded => (RefundStatus.Succeeded, (string?)null),
            RefundState.Refused => (RefundStatus.Failed, outcome.Reason ?? "refused"),
            _ => throw new InvalidOperationException($"Refund {play.Refund.Id} is not decided."),
        };
        var payment = play.Payment.EndRefund(play.Refund.Id, status, now, reason);
        var ended = payment.Refunds.Single(refund => refund.Id == play.Refund.Id);
        var answer = AnswerFor(payment, ended, play.Record);
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(PaymentRows.Write(payment), play.Stored.Version)
            .Delete(payment.PaymentServiceId, RefundRows.Doubt(play.Record, payment.PaymentServiceId).RowKey)
            .Publish(events.Of(payment, RefundTransitions.EventOf(play.Refund.Status, status), now));
        if (play.Record.Keyed is { } keyed)
            group.DecideRecord(keyed, payment.PaymentServiceId, answer);

        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return null;

        if (status == RefundStatus.Failed)
            Log.RefundRefused(log, payment.Id, ended.Id, ended.FailureReason);

        await nudge.RunAsync(group, now);
        return answer;
    }

    private ApiAnswer AnswerFor(Payment payment, Refund refund, RefundRecord record) => refund.Status == RefundStatus.Failed
        ? ErrorAnswer.Of(ApiErrors.RefundFailed(refund.FailureReason!).Error, record.RequestId)
        : new ApiAnswer(200, paymentJson.Print(payment));
}
