namespace PaySg.Functions.Access;

/// <summary>Lets callers in by their API key, up to its rate: one point read by the key's SHA-256, cached for 10 s.</summary>
internal sealed class ApiKeyGate(
    PaySgTables tables, AccessCache cache, RateLimits limits, WrongKeys wrongKeys, KeyActivities activities, AccessSettings access, PaySgSettings settings)
{
    // PaySG's clients accept keys of up to 150 characters.
    private const int MaxKeyLength = 150;

    /// <summary>The key of the header <c>x-api-key</c>, which must hold the permission in the payment service of the path.</summary>
    /// <exception cref="ApiException">401, 403, 404 for a payment service that is not the key's, or 429.</exception>
    public Task<ApiKey> AuthorizeAsync(ApiCall call, string paymentServiceId, Permission permission) =>
        AuthorizeAsync(call, call.Request.Headers["x-api-key"], paymentServiceId, permission, call.ClientLeft);

    /// <summary>The key of the header <c>x-api-key</c>, which must hold the permission. The path names no payment service: it is the key's.</summary>
    /// <exception cref="ApiException">401, 403 or 429.</exception>
    public Task<ApiKey> AuthorizeAsync(ApiCall call, Permission permission) =>
        AuthorizeAsync(call, call.Request.Headers["x-api-key"], paymentServiceId: null, permission, call.ClientLeft);

    /// <summary>The key, which must hold the permission in the payment service.</summary>
    /// <exception cref="ApiException">401, 403, 404 for a payment service that is not the key's, or 429.</exception>
    public Task<ApiKey> AuthorizeAsync(string? secret, string paymentServiceId, Permission permission, CancellationToken cancellationToken) =>
        AuthorizeAsync(null, secret, paymentServiceId, permission, cancellationToken);

    private async Task<ApiKey> AuthorizeAsync(
        ApiCall? call, string? secret, string? paymentServiceId, Permission permission, CancellationToken cancellationToken)
    {
        var request = call?.Request;
        if (string.IsNullOrEmpty(secret))
            throw ApiErrors.InvalidApiKey();

        if (WhyNotOurs(secret) is { } why)
            throw Wrong(request, why, MaskedKey.Of(secret));

        var partition = AccessRows.KeyPartitionOf(secret);
        // Stryker disable once NullCoalescing: reading recalls as well, and takes more memory to do so.
        var key = cache.Recall<ApiKey>(partition) ?? await ReadAsync(request, secret, partition, cancellationToken);

        // Only known keys are noted and counted: whoever guesses takes up no memory.
        var activity = activities.Use(key);
        if (call is not null)
            call.Watch = activity;

        limits.Count(key.Id);
        if (paymentServiceId is not null && key.PaymentServiceId != paymentServiceId)
        {
            wrongKeys.Note(request, WrongKeys.ApiKey, "another_payment_service", key.Id);
            throw ApiErrors.PaymentServiceNotFound();
        }

        return key.Permissions.HasFlag(permission)
            ? key
            : throw ApiErrors.InsufficientPermissions(PermissionNames.Format(permission));
    }

    private async Task<ApiKey> ReadAsync(HttpRequest? request, string secret, string partition, CancellationToken cancellationToken) =>
        await cache.GetAsync(partition, AccessCache.Lifetime, async () =>
        {
            var row = await tables.Access.FindAsync(partition, AccessRows.Key, cancellationToken);
            if (row is not null && AccessRows.IsRevoked(row))
                throw Wrong(request, "revoked", row.GetString("id"));

            return row is null ? null : AccessRows.ReadKey(row);
        }) ?? throw Wrong(request, "unknown", MaskedKey.Of(secret));

    private ApiException Wrong(HttpRequest? request, string reason, string shown)
    {
        wrongKeys.Note(request, WrongKeys.ApiKey, reason, shown);
        return ApiErrors.InvalidApiKey();
    }

    private string? WhyNotOurs(string secret) =>
        secret.Length > MaxKeyLength ? "too_long"
        : !secret.StartsWith(access.ApiKeyPrefix, StringComparison.Ordinal) ? "of_another_kind"
        : !settings.IsDevelopment && PublishedKeys.IsApiKey(secret) ? "published"
        : null;
}
