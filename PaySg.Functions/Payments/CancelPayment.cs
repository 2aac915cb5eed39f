using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Payments;

/// <summary>
/// Cancels an unpaid payment. An attempt that may still charge the payer is withdrawn at the gateway first: where it has charged, the
/// payment is paid and the cancel has lost.
/// </summary>
internal sealed class CancelPayment(
    PaySgTables tables,
    PaymentStore payments,
    WithdrawAttempt withdrawAttempt,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    PaymentEvents events,
    PaymentJson paymentJson,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>200 and the payment, which is cancelled then.</summary>
    /// <exception cref="ApiException">404, 402 where it is not unpaid or an attempt is being processed, 409.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string paymentId)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        var keyed = keyedCalls.Of(call, key, tables.Payments, RequestParameters.None);
        call.ClientLeft.ThrowIfCancellationRequested();
        return keyed.RunAsync(() => hotRow.UntilDecidedAsync(() => TryAsync(keyed, key.PaymentServiceId, paymentId), CancellationToken.None));
    }

    private async Task<ApiAnswer?> TryAsync(KeyedCall keyed, string paymentServiceId, string paymentId)
    {
        var recordRead = keyed.FindAnswerAsync();
        var paymentRead = payments.GetAsync(paymentServiceId, paymentId, CancellationToken.None);
        if (await recordRead.BesideAsync(paymentRead) is { } replay)
        {
            return replay;
        }

        var stored = await paymentRead;
        if (!PaymentTransitions.Allows(stored.Payment.Status, PaymentStatus.Cancelled))
        {
            throw ApiErrors.PaymentNotCancellable(stored.Payment.Status.Name());
        }

        if (stored.Payment.LiveAttemptId is { } live)
        {
            return await withdrawAttempt.RunAsync(paymentServiceId, paymentId, live) is { } refusal ? throw ChargeAttemptAnswer.ErrorOf(refusal) : null;
        }

        var now = clock.NowInMilliseconds();
        var payment = stored.Payment.Cancel(now);
        var cancelled = events.Of(payment, PaymentTransitions.EventOf(stored.Payment.Status, payment.Status), now);
        var outbox = new OutboxRow(paymentServiceId, now, OutboxKind.Event, cancelled.Id);
        var answer = new ApiAnswer(200, paymentJson.Print(payment));
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(PaymentRows.Write(payment), stored.Version)
            .Insert(EventRows.Write(cancelled))
            .Insert(outbox.ToEntity());
        keyed.AddTo(group, answer, now);
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return null;
        }

        await nudge.SendAsync(outbox);
        return answer;
    }
}
