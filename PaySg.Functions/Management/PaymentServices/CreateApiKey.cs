using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>
/// Issues an API key. Its secret is shown in this one answer; a repetition of a keyed request shows null, and whoever did not get the first
/// answer revokes the key and issues another.
/// </summary>
internal sealed class CreateApiKey(
    PaySgTables tables, PaymentServiceStore services, ApiKeys keys, KeyedChange change, AccessSettings settings, IdGenerator ids, ILogger<CreateApiKey> log)
{
    private const int MaxLabel = 100;

    /// <summary>201 and the key with its secret.</summary>
    /// <exception cref="ApiException">400, 404 (payment service), or 409 (idempotency key used with other parameters).</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, Actor by)
    {
        var fields = await call.ReadFieldsAsync();
        var label = fields.RequiredText("label", MaxLabel);
        var permissions = PermissionFields.Read(fields);
        fields.ThrowIfInvalid();
        var parameters = new RequestParameters()
            .With("label", label)
            .With("permissions", PermissionNames.Of(permissions))
            .OnceWrittenAs($"{PermissionNames.Format(permissions)}\n{label}");
        if (!PaymentServiceStore.IsId(paymentServiceId))
            throw ApiErrors.PaymentServiceNotFound();

        return await change.RunAsync(
            call, by.InAccess(tables, paymentServiceId), parameters, token => services.FindAsync(paymentServiceId, token), Decide);

        Decision Decide(PaymentService? service, EntityGroup group, DateTimeOffset now)
        {
            var key = keys.Prepare(service ?? throw ApiErrors.PaymentServiceNotFound(), label!, permissions);
            var secret = ids.NewApiKeySecret(settings.ApiKeyPrefix);
            group
                .Insert(ApiKeys.WriteListed(key, secret))
                .Audit(by, service.Id, now, AuditAction.ApiKeyCreated, key.Id, AuditChange.Set("label", key.Label), AuditChange.Set("permissions", PermissionNames.Print(permissions)));
            return new Decision(new ApiAnswer(201, ApiKeyJson.PrintIssued(key, secret)))
            {
                Recorded = new ApiAnswer(201, ApiKeyJson.PrintIssued(key, secret: null)),
                Afterwards = async () =>
                {
                    await keys.LetInAsync(key, secret);
                    Log.ApiKeyIssued(log, key.Id, service.Id, PermissionNames.Format(permissions));
                },
            };
        }
    }
}
