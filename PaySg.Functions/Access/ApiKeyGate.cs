using Azure.Data.Tables;
using PaySg.Functions.Configuration;
using PaySg.Functions.Errors;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Access;

/// <summary>Lets callers in by their API key, up to its rate: one point read by the key's SHA-256, cached for 10 s.</summary>
public sealed class ApiKeyGate(PaySgTables tables, AccessCache cache, RateLimits limits, PaySgSettings settings)
{
    // PaySG's clients accept keys of up to 150 characters.
    private const int MaxKeyLength = 150;

    /// <summary>The key, which must hold the permission in the payment service of the path.</summary>
    /// <exception cref="ApiException">401, 403, 404 for a payment service that is not the key's, or 429.</exception>
    public async Task<ApiKey> AuthorizeAsync(
        string? secret, string paymentServiceId, Permission permission, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret)
            || secret.Length > MaxKeyLength
            || !secret.StartsWith(settings.ApiKeyPrefix, StringComparison.Ordinal)
            || (!settings.IsDevelopment && PublishedKeys.IsApiKey(secret)))
        {
            throw ApiErrors.InvalidApiKey();
        }

        var partition = AccessRows.KeyPartition(AccessRows.HashOf(secret));
        var key = await cache.GetAsync(partition, AccessCache.Lifetime, async () =>
        {
            var row = await tables.Access.GetEntityIfExistsAsync<TableEntity>(partition, AccessRows.Key, cancellationToken: cancellationToken);
            return row.HasValue && !AccessRows.IsRevoked(row.Value!) ? AccessRows.ReadKey(row.Value!) : null;
        }) ?? throw ApiErrors.InvalidApiKey();

        // Only known keys are counted: whoever guesses takes up no memory.
        limits.Count(key.Id);
        if (key.PaymentServiceId != paymentServiceId)
        {
            throw ApiErrors.PaymentServiceNotFound();
        }

        return key.Permissions.HasFlag(permission)
            ? key
            : throw ApiErrors.InsufficientPermissions(PermissionNames.Format(permission));
    }
}
