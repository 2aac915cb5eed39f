using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>
/// Creates a payment service: first a code of its own is claimed, then one transaction writes the service and, for a keyed request, its record.
/// Both stand in the partition of all owners, so a request that is repeated finds the record whichever id its own try would have taken. A claim
/// that no service followed is never used, and there are 16 million codes.
/// </summary>
internal sealed class CreatePaymentService(
    PaySgTables tables,
    PaymentServiceStore services,
    EgressPolicy egress,
    KeepLogo keepLogo,
    KeyedChange change,
    IdGenerator ids,
    ILogger<CreatePaymentService> log)
{
    /// <summary>201 and the payment service.</summary>
    /// <exception cref="ApiException">400, or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Actor by)
    {
        var wanted = await PaymentServiceChange.ReadAsync(await call.ReadFieldsAsync(), isNew: true, egress, call.ClientLeft);
        var id = ids.NewPaymentServiceId();
        var logoPath = new Lazy<Task<string?>>(() => keepLogo.RunAsync(id, wanted.LogoUrl));
        return await change.RunAsync(call, by.InAccess(tables, AccessRows.Owners), wanted.Parameters, async (group, now) =>
        {
            // A picture that is refused claims no code.
            var logo = await logoPath.Value;
            var service = wanted.ApplyTo(await services.PrepareAsync(wanted.Name, id, CancellationToken.None), logo);
            group
                .Insert(AccessRows.Write(service))
                .Audit(by, service.Id, now, AuditAction.PaymentServiceCreated, service.Id, PaymentServiceChange.Between(before: null, service));
            return new Decision(new ApiAnswer(201, PaymentServiceJson.Print(service))).Then(() => Log.PaymentServiceCreated(log, service.Id));
        });
    }
}
