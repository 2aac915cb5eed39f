using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>Changes a payment service: the fields that the request has, on top of whatever others wrote meanwhile.</summary>
internal sealed class UpdatePaymentService(
    PaySgTables tables, PaymentServiceStore services, EgressPolicy egress, KeepLogo keepLogo, KeyedChange change, ILogger<UpdatePaymentService> log)
{
    /// <summary>200 and the payment service.</summary>
    /// <exception cref="ApiException">400, 404, or 409 (idempotency key used with other parameters; another account at Stripe after a payer has begun).</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, Actor by) => RunAsync(call, paymentServiceId, isAsSeen: null, by);

    /// <summary>The same, unless the payment service has changed since it was seen.</summary>
    /// <param name="isAsSeen">Compares the version of the row (<see cref="StoredPaymentService.Version"/>) with what was seen; null: whatever it is.</param>
    /// <exception cref="ApiException">The same; <see cref="StaleForm"/> where it has changed.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentServiceId, Func<string, bool>? isAsSeen, Actor by)
    {
        var wanted = await PaymentServiceChange.ReadAsync(await call.ReadFieldsAsync(), isNew: false, egress, call.ClientLeft);

        // Once, however often others write meanwhile; and not at all where the answer is repeated.
        var logoPath = new Lazy<Task<string?>>(() => keepLogo.RunAsync(paymentServiceId, wanted.LogoUrl));
        return await change.RunAsync(
            call, by.InAccess(tables, AccessRows.Owners), wanted.Parameters, ReadAsync, DecideAsync);

        async Task<(TableEntity? Row, bool HasAttempts)> ReadAsync(CancellationToken token)
        {
            var row = services.FindRowAsync(paymentServiceId, token);
            return wanted.NamesStripeAccount && PaymentServiceStore.IsId(paymentServiceId)
                ? (await row, await HasAttemptsAsync(token))
                : (await row, false);
        }

        // An attempt knows the account that it was begun for, so one that begins just now is in nobody's way.
        async Task<bool> HasAttemptsAsync(CancellationToken token)
        {
            await foreach (var _ in tables.Payments.QueryAsync<TableEntity>(ChargeAttemptRows.RangeOfAll(paymentServiceId), maxPerPage: 1, select: ["RowKey"], cancellationToken: token))
                return true;

            return false;
        }

        async Task<Decision?> DecideAsync((TableEntity? Row, bool HasAttempts) read, EntityGroup group, DateTimeOffset now)
        {
            var row = read.Row ?? throw ApiErrors.PaymentServiceNotFound();
            var service = AccessRows.ReadService(row);
            StaleForm.ThrowUnless(isAsSeen, row.ETag.ToString());

            if (read.HasAttempts && wanted.MovesMoneyOf(service))
                throw ApiErrors.StripeAccountInUse();

            var changed = wanted.ApplyTo(service, await logoPath.Value) with { UpdatedAt = now };
            group
                .Replace(AccessRows.Write(changed), row.ETag)
                .AuditChanges(by, paymentServiceId, now, AuditAction.PaymentServiceUpdated, paymentServiceId, PaymentServiceChange.Between(service, changed));
            return new Decision(new ApiAnswer(200, PaymentServiceJson.Print(changed)))
                .Then(() =>
                {
                    services.Forget(paymentServiceId);
                    Log.PaymentServiceChanged(log, paymentServiceId, wanted.FieldNames);
                });
        }
    }
}
