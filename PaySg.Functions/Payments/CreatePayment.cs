using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Payments.Search;
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
    PaymentJson paymentJson,
    PaymentEvents events,
    OutboxNudge nudge)
{
    /// <summary>Creates the payment, or answers again what the same keyed request was answered.</summary>
    /// <exception cref="ApiException">400, or 409 where the key was used with other parameters.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key)
    {
        var details = PaymentDetailsReader.Read(await call.ReadFieldsAsync(), limits.MaxAmountInCents, settings.Mode);
        var keyed = IdempotentRequest.From(call.Request, key.Id, () => PaymentParameters.Of(details));

        var now = clock.NowInMilliseconds();
        var payment = Payment.Create(PaymentId.New(key.ServiceCode, now, ids.Random), key.PaymentServiceId, key.CreatorId, details, now);
        var answer = new ApiAnswer(201, paymentJson.Print(payment));
        var created = events.Of(payment, answer.Body, EventTypes.PaymentCreated, now);

        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, payment.PaymentServiceId, answer, now);

        group.InsertPayment(payment).Publish(created);

        // From here on the caller may leave: the write goes on.
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new payment id {payment.Id} is taken.");
        }

        Tracing.Tell(TraceTag.PaymentId, payment.Id);
        await nudge.RunAsync(group, now);
        return answer;
    }
}
