using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Management.Redaction;

/// <summary>
/// Takes the payer's data out of a payment, writes that down, and leaves an outbox row that has it taken out of every copy (<see cref="RedactPaymentCopies"/>). What
/// a tax record must keep stays (<see cref="TaxRecord"/>); asked again when its time is over, that goes too.
/// </summary>
internal sealed class RedactPayment(PaySgTables tables, PaymentServiceStore services, PaymentStore payments, KeyedChange change)
{
    /// <summary>200 and what stays.</summary>
    /// <exception cref="ApiException">404; 402 where the data is still needed; 409 (idempotency key).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, string paymentId, Actor by)
    {
        _ = await services.FindRememberedAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
        return await change.RunAsync(
            call,
            new Caller(by.Id, paymentServiceId).At(tables.Payments),
            RequestParameters.None,
            read: token => payments.GetAsync(paymentServiceId, paymentId, token),
            (stored, group, now) => Decide(stored, by, group, now));
    }

    private static Decision Decide(StoredPayment stored, Actor by, EntityGroup group, DateTimeOffset now)
    {
        if (RedactionRules.Refusal(stored.Payment) is { } refusal)
            throw ApiErrors.PayerDataNeeded(refusal);

        var keptUntil = TaxRecord.KeptUntil(stored.Payment);
        var kept = TaxRecord.KeptFields(stored.Payment, now);
        var payment = stored.Payment.Redact(now);
        group
            .IndexPayment(stored, payment)
            .Upsert(RedactionRows.Begun(payment.PaymentServiceId, payment.Id, kept, kept.Count == 0 ? null : keptUntil, by, now))
            .Insert(new OutboxRow(payment.PaymentServiceId, now, OutboxKind.Redaction, payment.Id).ToEntity())
            .Audit(by, payment.PaymentServiceId, now, AuditAction.PaymentRedacted, payment.Id);
        return new Decision(new ApiAnswer(200, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("payment_id", payment.Id);
            json.WriteSingaporeTime("redacted_at", now);
            json.WriteStartArray("kept_fields");
            foreach (var field in kept)
                json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteSingaporeTime("kept_until", kept.Count == 0 ? null : keptUntil);
            json.WriteEndObject();
        })));
    }
}
