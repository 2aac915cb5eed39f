namespace PaySg.Functions.Platform.Idempotency;

/// <summary>Reads the <c>Idempotency-Key</c> of calls that change state.</summary>
internal sealed class KeyedCalls(IdGenerator ids, TimeProvider clock)
{
    /// <summary>The call, its key (if any) bound to the caller, the path and the parameters.</summary>
    /// <exception cref="ApiException">400 where the key is not usable.</exception>
    /// <param name="space">Whose key it is, and where the call's effect is written.</param>
    public KeyedCall Of(ApiCall call, KeySpace space, RequestParameters parameters)
    {
        var request = IdempotentRequest.From(call.Request, space.CallerId, parameters);
        return new KeyedCall(space.Table, space.PartitionKey, request, call.RequestId, ids, clock);
    }

    /// <summary>The sending of a page's form, which has its key in itself. Whatever else is in the form, it is sent once: what was sent first counts.</summary>
    /// <param name="table">Where its effect is written, and so its record.</param>
    /// <param name="partitionKey">The partition of the effect.</param>
    /// <param name="page">The page that the form is of.</param>
    /// <param name="key">The form's key.</param>
    public KeyedCall OfForm(ApiCall call, TableClient table, string partitionKey, string page, string key)
    {
        var request = IdempotentRequest.Of("form", "POST", page, key, RequestParameters.None);
        return new KeyedCall(table, partitionKey, request, call.RequestId, ids, clock);
    }
}
