using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>
/// Creates a payment service: first a code of its own is claimed, then one transaction writes the service and, for a keyed request, its record.
/// Both stand in the partition of all owners, so a request that is repeated finds the record whichever id its own try would have taken. A claim
/// that no service followed is never used, and there are 16 million codes.
/// </summary>
internal sealed class CreatePaymentService(PaySgTables tables, PaymentServiceStore services, IdGenerator ids, ILogger<CreatePaymentService> log)
{
    /// <summary>201 and the payment service.</summary>
    /// <exception cref="ApiException">400, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call)
    {
        var change = PaymentServiceChange.ReadNew(await call.ReadFieldsAsync());
        var keyed = IdempotentRequest.From(call.Request, ManagementGate.CallerId, RequestParameters.OfForm(change.ToCanonicalBytes()));
        if (await tables.Access.FindRecordAsync(AccessRows.Owners, keyed, call.ClientLeft) is { } record)
            return IdempotencyRecords.AnswerOf(record, keyed!)!;

        var service = change.ApplyTo(await services.PrepareAsync(change.Name, id: null, call.ClientLeft));
        var answer = new ApiAnswer(201, PaymentServiceJson.Print(service));
        var group = new EntityGroup(ids.NewWriteId());
        if (keyed is not null)
            group.InsertRecord(keyed, AccessRows.Owners, answer, service.CreatedAt);

        group.Insert(AccessRows.Write(service));
        if (await tables.Access.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict)
        {
            return (keyed is null ? null : IdempotencyRecords.AnswerOf(conflict.Main, keyed))
                ?? throw new InvalidOperationException($"The new payment service id {service.Id} is taken.");
        }

        Log.PaymentServiceCreated(log, service.Id);
        return answer;
    }
}
