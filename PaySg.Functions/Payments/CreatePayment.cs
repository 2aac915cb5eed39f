using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments;

/// <summary>
/// Creates a payment in one round trip: payment, index rows, event, outbox row and idempotency record are one transaction, and the
/// record is not read before. Its conflict means that the key was used: then the stored answer is replayed.
/// </summary>
internal sealed class CreatePayment(
    PaySgTables tables,
    IdGenerator ids,
    TimeProvider clock,
    PaymentSettings limits,
    PaySgSettings settings,
    MakePayment makePayment,
    OutboxNudge nudge)
{
    /// <summary>Creates the payment, or answers again what the same keyed request was answered.</summary>
    /// <exception cref="ApiException">400, or 409 where the key was used with other parameters.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        var details = PaymentDetailsReader.Read(await call.ReadFieldsAsync(), limits.MaxAmountInCents, settings.Mode);
        var keyed = IdempotentRequest.From(call.Request, key.Id, () => PaymentParameters.Of(details));

        var now = clock.NowInMilliseconds();
        var made = makePayment.Run(key, details, now);
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, key.PaymentServiceId, made.Answer, now);

        made.AddTo(group);

        // For e-services, who create most payments, nothing is put together that is not written.
        if (key.By.IsAudited)
            group.Audit(key.By, key.PaymentServiceId, now, AuditAction.PaymentCreated, made.Payment.Id, AuditChange.Set("amount_in_cents", details.AmountInCents));

        // From here on the caller may leave: the write goes on.
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new payment id {made.Payment.Id} is taken.");
        }

        Tracing.Tell(TraceTag.PaymentId, made.Payment.Id);
        await nudge.RunAsync(group, now);
        return made.Answer;
    }
}
