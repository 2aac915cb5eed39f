using PaySg.Functions.Access;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Outbox;
using PaySg.Functions.Payments;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Emails;

/// <summary>
/// Writes down that a payment's link is to be mailed: a read and a transaction. The payment's row is written too, as it was read, so
/// that a payment which is being paid or cancelled at the same moment cannot pass by.
/// </summary>
public sealed class RequestLinkMail(
    PaymentStore payments,
    PaymentMails mails,
    PaySgTables tables,
    KeyedCalls keyedCalls,
    OutboxNudge nudge,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock)
{
    /// <summary>200 and no body. The relay is not waited for.</summary>
    /// <exception cref="ApiException">404, 402 where the payment cannot be mailed, 409.</exception>
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
        var now = clock.NowInMilliseconds();
        var answer = new ApiAnswer(200, default);
        var group = new EntityGroup(ids.NewWriteId()).Replace(PaymentRows.Write(stored.Payment), stored.Version);
        var schedule = mails.AddLink(group, stored.Payment, now);
        keyed.AddTo(group, answer, now);
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
        {
            return null;
        }

        await nudge.SendAsync(schedule);
        return answer;
    }
}
