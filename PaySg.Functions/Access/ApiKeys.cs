using Azure.Data.Tables;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Access;

/// <summary>Issues API keys.</summary>
public sealed class ApiKeys(PaySgTables tables, IdGenerator ids)
{
    /// <summary>Stores the hash of a secret as a key of the payment service.</summary>
    public async Task<ApiKey> IssueAsync(PaymentService service, string secret, Permission permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        var key = new ApiKey(ids.NewApiKeyId(), service.Id, service.Code, ids.NewCreatorId(), permissions);
        await tables.Access.UpsertEntityAsync(AccessRows.Write(key, secret), TableUpdateMode.Replace, cancellationToken);
        return key;
    }
}
