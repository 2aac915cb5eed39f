using System.Text;
using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Http;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Idempotency;

/// <summary>Reads the <c>Idempotency-Key</c> of calls that change state.</summary>
public sealed class KeyedCalls(IdGenerator ids, TimeProvider clock)
{
    /// <summary>The call, its key (if any) bound to the caller, the path and the parameters.</summary>
    /// <exception cref="Errors.ApiException">400 where the key is not usable.</exception>
    public KeyedCall Of(ApiCall call, ApiKey key, TableClient table, string parameters)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Of(call, key.Id, table, key.PaymentServiceId, parameters);
    }

    /// <summary>The call of somebody who has no API key.</summary>
    /// <exception cref="Errors.ApiException">400 where the key is not usable.</exception>
    public KeyedCall Of(ApiCall call, string callerId, TableClient table, string partitionKey, string parameters)
    {
        ArgumentNullException.ThrowIfNull(call);
        var request = IdempotentRequest.From(call.Request, callerId, Encoding.UTF8.GetBytes(parameters));
        return new KeyedCall(table, partitionKey, request, call.RequestId, ids, clock);
    }
}
