using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Changes a payment service: the fields that the request has, on top of whatever others wrote meanwhile.</summary>
internal sealed class UpdatePaymentService(
    PaySgTables tables, PaymentServiceStore services, HotRowRetry retry, IdGenerator ids, TimeProvider clock, ILogger<UpdatePaymentService> log)
{
    /// <summary>200 and the payment service.</summary>
    /// <exception cref="ApiException">400, 404, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId)
    {
        var change = PaymentServiceChange.Read(await call.ReadFieldsAsync());
        var keyed = IdempotentRequest.From(call.Request, ManagementGate.CallerId, RequestParameters.OfForm(change.ToCanonicalBytes()));
        return await retry.UntilDecidedAsync(() => TryAsync(paymentServiceId, change, keyed, call.ClientLeft), call.ClientLeft);
    }

    private async Task<ApiAnswer?> TryAsync(
        string paymentServiceId, PaymentServiceChange change, IdempotentRequest? keyed, CancellationToken cancellationToken)
    {
        var serviceRead = services.FindRowAsync(paymentServiceId, cancellationToken);
        if (await tables.Access.FindRecordAsync(AccessRows.Owners, keyed, cancellationToken).BesideAsync(serviceRead) is { } record)
            return IdempotencyRecords.AnswerOf(record, keyed!);

        var row = await serviceRead ?? throw ApiErrors.PaymentServiceNotFound();
        var now = clock.NowInMilliseconds();
        var changed = change.ApplyTo(AccessRows.ReadService(row)) with { UpdatedAt = now };
        var answer = new ApiAnswer(200, PaymentServiceJson.Print(changed));
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, AccessRows.Owners, answer, now);

        group.Replace(AccessRows.Write(changed), row.ETag);
        if (await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
            return keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed);

        Log.PaymentServiceChanged(log, paymentServiceId, change.FieldNames);
        return answer;
    }
}
