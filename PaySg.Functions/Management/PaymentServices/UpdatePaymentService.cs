using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Changes a payment service: the fields that the request has, on top of whatever others wrote meanwhile.</summary>
internal sealed class UpdatePaymentService(PaySgTables tables, PaymentServiceStore services, KeyedChange change, ILogger<UpdatePaymentService> log)
{
    /// <summary>200 and the payment service.</summary>
    /// <exception cref="ApiException">400, 404, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId)
    {
        var wanted = PaymentServiceChange.Read(await call.ReadFieldsAsync());
        return await change.RunAsync(
            call, KeySpaces.OfManagement(tables, AccessRows.Owners), wanted.Parameters, token => services.FindRowAsync(paymentServiceId, token), Decide);

        Decision Decide(TableEntity? row, EntityGroup group, DateTimeOffset now)
        {
            if (row is null)
                throw ApiErrors.PaymentServiceNotFound();

            var changed = wanted.ApplyTo(AccessRows.ReadService(row)) with { UpdatedAt = now };
            group.Replace(AccessRows.Write(changed), row.ETag);
            return new Decision(new ApiAnswer(200, PaymentServiceJson.Print(changed)))
                .Then(() => Log.PaymentServiceChanged(log, paymentServiceId, wanted.FieldNames));
        }
    }
}
