using PaySg.Functions.Errors;
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
    PaymentStore payments, PaymentMails mails, PaySgTables tables, OutboxNudge nudge, HotRowRetry hotRow, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Takes the request on; the relay is not waited for.</summary>
    /// <exception cref="ApiException">404; 402 where the payment cannot be mailed.</exception>
    public async Task RunAsync(string paymentServiceId, string paymentId, CancellationToken clientLeft)
    {
        clientLeft.ThrowIfCancellationRequested();
        await nudge.SendAsync(await hotRow.UntilDecidedAsync(() => TryWriteAsync(paymentServiceId, paymentId), CancellationToken.None));
    }

    private async Task<OutboxRow?> TryWriteAsync(string paymentServiceId, string paymentId)
    {
        var stored = await payments.GetAsync(paymentServiceId, paymentId, CancellationToken.None);
        var group = new EntityGroup(ids.NewWriteId()).Replace(PaymentRows.Write(stored.Payment), stored.Version);
        var schedule = mails.AddLink(group, stored.Payment, clock.NowInMilliseconds());
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? schedule : null;
    }
}
