using Azure.Data.Tables;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Access;

/// <summary>Keyed calls of API keys.</summary>
internal static class ApiKeyCalls
{
    /// <summary>The call of an API key that changes something in the partition of its payment service.</summary>
    /// <exception cref="ApiException">400 where the idempotency key is not usable.</exception>
    public static KeyedCall Of(this KeyedCalls keyedCalls, ApiCall call, ApiKey key, TableClient table, RequestParameters parameters) =>
        keyedCalls.Of(call, key.Id, new KeyedCalls.Place(table, key.PaymentServiceId), parameters);
}
