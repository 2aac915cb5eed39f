using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Writes what the gateway tells of a payment after it was charged. A lost race is read and decided again.</summary>
internal sealed class PaymentFacts(
    PaySgTables tables,
    SettleRefund settleRefund,
    SettleAttempt settleAttempt,
    RefundLateCharge lateCharges,
    HotRowRetry hotRow,
    PaymentEvents events,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<PaymentFacts> log) : IChargeFacts
{
    public async Task TakeRefundAsync(AttemptKey attempt, string? account, string refundId, Func<GatewayRefund, RefundOutcome> told)
    {
        if (refundId.StartsWith(attempt.AttemptId, StringComparison.Ordinal))
        {
            await TakeLateRefundAsync(attempt, account, refundId, told);
            return;
        }

        var play = await settleRefund.FindAsync(new RefundKey(attempt.OwnerId, attempt.ChargeId, refundId)) ?? throw ApiErrors.PaymentNotFound();
        ThrowUnlessPaidBy(attempt, account, play.Payment);
        await settleRefund.RunAsync(play, told(play.AtGateway));
    }

    /// <summary>What was charged too late has an outbox row that follows its refund. That row is gone once the money went back; it may not have arrived.</summary>
    private async Task TakeLateRefundAsync(AttemptKey attempt, string? account, string refundId, Func<GatewayRefund, RefundOutcome> told)
    {
        var play = await settleAttempt.FindAsync(attempt) ?? throw ApiErrors.PaymentNotFound();
        if (play.Attempt.Handle?.Account != account)
            throw ApiErrors.PaymentNotFound();

        if (play.Attempt is not { Status: ChargeAttemptStatus.Failed, FailureReason: ChargeAttempt.RefundedLate })
            return;

        if (told(new GatewayRefund(play.AtGateway, refundId, play.AtGateway.Amount, play.Attempt.UpdatedAt)).State == RefundState.Refused)
        {
            Log.LateRefundCameBack(log, attempt.ChargeId, attempt.AttemptId);
            await lateCharges.ReopenAsync(play, refundId);
        }
    }

    public Task WriteDisputeAsync(AttemptKey attempt, string? account, ChargeDispute dispute) => WriteAsync(attempt, account, (payment, now) =>
    {
        var changed = payment.Dispute(dispute, now);
        return ReferenceEquals(changed, payment) ? null : (changed, dispute.Status == DisputeStatus.Open ? EventTypes.PaymentDisputeOpened : EventTypes.PaymentDisputeClosed);
    });

    public Task WritePayoutAsync(AttemptKey attempt, string? account, ChargePayout payout) => WriteAsync(attempt, account, (payment, now) =>
        payment.PayOut(payout, now) is var changed && ReferenceEquals(changed, payment) ? null : (changed, null));

    /// <param name="change">The payment after the change, and the type of the event that tells it, if one does; null: there is nothing new.</param>
    /// <exception cref="NotFoundException">The payment is not here, or this attempt on this account did not pay it.</exception>
    private Task<Payment> WriteAsync(AttemptKey attempt, string? account, Func<Payment, DateTimeOffset, (Payment Changed, string? EventType)?> change) =>
        hotRow.UntilDecidedAsync(
            async () =>
            {
                var row = await tables.Payments.FindAsync(attempt.OwnerId, PaymentRows.Key(attempt.ChargeId)) ?? throw ApiErrors.PaymentNotFound();
                var payment = PaymentRows.Read(row);
                ThrowUnlessPaidBy(attempt, account, payment);
                var now = clock.NowInMilliseconds();
                if (change(payment, now) is not var (changed, eventType))
                    return payment;

                var group = new EntityGroup(ids.NewWriteId()).ReplacePayment(new StoredPayment(payment, row.ETag), changed);
                if (eventType is not null)
                    group.Publish(events.Of(changed, eventType, now));

                if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
                    return null;

                if (eventType == EventTypes.PaymentDisputeOpened)
                    Log.DisputeOpened(log, changed.Id, changed.Disputes![^1].Reason, changed.Disputes[^1].AmountInCents);

                await nudge.RunAsync(group, now);
                return changed;
            },
            CancellationToken.None);

    /// <exception cref="NotFoundException">Another attempt paid the payment, or this one on another account.</exception>
    private static void ThrowUnlessPaidBy(AttemptKey attempt, string? account, Payment payment)
    {
        if (payment.PaidByAttemptId != attempt.AttemptId || payment.PaidHandle?.Account != account)
            throw ApiErrors.PaymentNotFound();
    }
}
