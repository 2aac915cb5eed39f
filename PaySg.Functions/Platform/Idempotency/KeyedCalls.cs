using Azure.Data.Tables;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Platform.Idempotency;

/// <summary>Reads the <c>Idempotency-Key</c> of calls that change state.</summary>
public sealed class KeyedCalls(IdGenerator ids, TimeProvider clock)
{
    /// <summary>The call, its key (if any) bound to the caller, the path and the parameters.</summary>
    /// <exception cref="ApiException">400 where the key is not usable.</exception>
    /// <param name="call">The call.</param>
    /// <param name="callerId">Who calls.</param>
    /// <param name="place">Where the call's effect is written, and so its record.</param>
    /// <param name="parameters">The parameters.</param>
    public KeyedCall Of(ApiCall call, string callerId, Place place, RequestParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(place);
        var request = IdempotentRequest.From(call.Request, callerId, parameters);
        return new KeyedCall(place.Table, place.PartitionKey, request, call.RequestId, ids, clock);
    }

    /// <summary>The sending of a page's form, which has its key in itself. Whatever else is in the form, it is sent once: what was sent first counts.</summary>
    /// <param name="call">The call.</param>
    /// <param name="place">Where its effect is written, and so its record.</param>
    /// <param name="page">The page that the form is of.</param>
    /// <param name="key">The form's key.</param>
    public KeyedCall OfForm(ApiCall call, Place place, string page, string key)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(place);
        var request = IdempotentRequest.Of("form", "POST", page, key, RequestParameters.None.OnceWrittenAs(""));
        return new KeyedCall(place.Table, place.PartitionKey, request, call.RequestId, ids, clock);
    }

    /// <summary>A partition of a table.</summary>
    public sealed record Place(TableClient Table, string PartitionKey);
}
