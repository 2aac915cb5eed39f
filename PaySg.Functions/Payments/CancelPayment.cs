using PaySg.Functions.Access;
using PaySg.Functions.Checkout;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Payments;

/// <summary>
/// Cancels an unpaid payment. An attempt that may still charge the payer is withdrawn at the gateway first: where it has charged, the
/// payment is paid and the cancel has lost.
/// </summary>
public sealed class CancelPayment(
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
        ArgumentNullException.ThrowIfNull(key);
        return change.RunAsync(
            call,
            key.At(tables.Payments),
            RequestParameters.None,
            read: token => payments.GetAsync(key.PaymentServiceId, paymentId, token),
            decide: DecideAsync);
    }

    private async Task<Decision?> DecideAsync(StoredPayment stored, EntityGroup group, DateTimeOffset now)
    {
        if (!PaymentTransitions.Allows(stored.Payment.Status, PaymentStatus.Cancelled))
        {
            throw ApiErrors.PaymentNotCancellable(stored.Payment.Status.Name());
        }

        if (stored.Payment.LiveAttemptId is { } live)
        {
            await withdrawAttempt.RunAsync(stored.Payment.PaymentServiceId, stored.Payment.Id, live);
            return null;
        }

        var payment = stored.Payment.Cancel(now);
        group.Replace(PaymentRows.Write(payment), stored.Version).Publish(events.Of(payment, EventTypes.PaymentCancelled, now));
        return new Decision(new ApiAnswer(200, paymentJson.Print(payment)));
    }
}
