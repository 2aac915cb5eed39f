using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments.Emails;

/// <summary>
/// Writes down that a payment's link is to be mailed: a read and a transaction. The payment's row is written too, as it was read, so
/// that a payment which is being paid or cancelled at the same moment cannot pass by.
/// </summary>
internal sealed class RequestLinkMail(
    PaymentStore payments,
    PaymentMails mails,
    RecipientCounts recipients,
    PaySgTables tables,
    KeyedChange change)
{
    /// <summary>200 and no body. The relay is not waited for.</summary>
    /// <exception cref="ApiException">404, 402 where the payment cannot be mailed, 409, or 429 where there were too many mails.</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string paymentId)
    {
        var isFirstTry = true;
        return change.RunAsync(
            call,
            key.At(tables.Payments),
            RequestParameters.None,
            read: token => payments.GetAsync(key.PaymentServiceId, paymentId, token),
            decide: (stored, group, now) =>
            {
                // The day's first mail to an address is the rule: only where another was there first is its count read.
                var isUnread = isFirstTry;
                isFirstTry = false;
                return DecideAsync(stored, key, group, now, isUnread);
            });
    }

    private async Task<Decision?> DecideAsync(StoredPayment stored, ApiKey key, EntityGroup group, DateTimeOffset now, bool isCountUnread)
    {
        var paymentServiceId = stored.Payment.PaymentServiceId;
        // The mail is the main row, which nobody else writes: so a write whose answer was lost is known again, even where the payment has changed since.
        mails.AddLink(group, stored.Payment, key.CreatorId, now);
        group.ReplacePayment(stored, stored.Payment.AskLinkMail(now));
        if (stored.Payment.LinkMails?.WaitAt(now) is { } wait && wait > TimeSpan.Zero)
            throw ApiErrors.TooManyMails("This payment's link was mailed a minute ago or ten times within 24 hours.", SecondsOf(wait));

        var day = recipients.DayOf(paymentServiceId, stored.Payment.Details.PayerEmail!, now);
        var counted = isCountUnread ? null : await recipients.FindAsync(paymentServiceId, day);
        if (recipients.IsFull(counted))
            throw ApiErrors.TooManyMails("This payer's address has received as many emails today as are allowed.", SecondsOf(day.EndsAt - now));

        RecipientCounts.Add(group, paymentServiceId, day, counted);
        group.Audit(key.By, paymentServiceId, now, AuditAction.PaymentLinkMailed, stored.Payment.Id);
        return new Decision(new ApiAnswer(200, default));
    }

    private static int SecondsOf(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);
}
