using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Events;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments;

/// <summary>
/// Cancels an unpaid payment. An attempt that may still charge the payer is withdrawn at the gateway first: where it has charged, the
/// payment is paid and the cancel has lost.
/// </summary>
internal sealed class CancelPayment(
    PaySgTables tables,
    PaymentStore payments,
    WithdrawAttempt withdrawAttempt,
    KeyedChange change,
    PaymentEvents events,
    PaymentJson paymentJson)
{
    /// <summary>200 and the payment, which is cancelled then.</summary>
    /// <exception cref="ApiException">404, 402 where it is not unpaid or an attempt is being processed, 409.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string paymentId)
    {
        return change.RunAsync(
            call,
            key.At(tables.Payments),
            RequestParameters.None,
            read: token => payments.GetAsync(key.PaymentServiceId, paymentId, token),
            decide: (stored, group, now) => DecideAsync(stored, key, group, now));
    }

    private async Task<Decision?> DecideAsync(StoredPayment stored, ApiKey key, EntityGroup group, DateTimeOffset now)
    {
        if (!PaymentTransitions.Allows(stored.Payment.Status, PaymentStatus.Cancelled))
            throw ApiErrors.PaymentNotCancellable(stored.Payment.Status.Name());

        if (stored.Payment.LiveAttempt is { } live)
            return await withdrawAttempt.RunAsync(stored.Payment.AtGateway(live)) is { } refusal ? throw ChargeAttemptAnswer.ErrorOf(refusal) : null;

        var payment = stored.Payment.Cancel(now, key.CreatorId);
        group
            .ReplacePayment(stored, payment)
            .Publish(events.Of(payment, PaymentTransitions.EventOf(stored.Payment.Status, payment.Status), now))
            .Audit(key.By, key.PaymentServiceId, now, AuditAction.PaymentCancelled, payment.Id);
        return new Decision(new ApiAnswer(200, paymentJson.Print(payment)));
    }
}
