namespace PaySg.Functions.Platform.Idempotency;

/// <summary>
/// A call that changes the state of something that exists, with or without an <c>Idempotency-Key</c>: its record is read in parallel with
/// the row, written with the effect, and a refusal by state is an answer like any other.
/// </summary>
internal sealed class KeyedCall(TableClient table, string partitionKey, IdempotentRequest? request, string requestId, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The key; null: the caller sent none.</summary>
    public IdempotentRequest? Request { get; } = request;

    /// <summary>The call's id, which a stored refusal keeps.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>The answer of an earlier request with the same key, or null.</summary>
    /// <exception cref="ApiException">409 where that request had other parameters or is not decided yet.</exception>
    public async Task<ApiAnswer?> FindAnswerAsync() =>
        IdempotencyRecords.AnswerOf(await table.FindRecordAsync(partitionKey, Request, CancellationToken.None), Request!);

    /// <summary>Adds the record of the answer to the transaction of its effect.</summary>
    public void AddTo(EntityGroup group, ApiAnswer answer, DateTimeOffset now)
    {
        if (Request is not null)
            group.InsertRecord(Request, partitionKey, answer, now);
    }

    /// <summary>Runs the operation; a refusal by state (402) of a keyed call is stored before it is answered.</summary>
    public async Task<ApiAnswer> RunAsync(Func<Task<ApiAnswer>> operation)
    {
        try
        {
            return await operation();
        }
        catch (RefusedByStateException refusal) when (Request is not null)
        {
            return await StoreAsync(ErrorAnswer.Of(refusal.Error, RequestId));
        }
    }

    /// <summary>
    /// Runs what refuses before it has written anything. What it refused for may be the work of a parallel request with the same key, whose record came
    /// just after it was looked for: then that request's answer counts. A refusal by state passes: it is compared with the record when it is stored.
    /// </summary>
    public async Task<ApiAnswer> ReplayOrRefuseAsync(Func<Task<ApiAnswer>> operation)
    {
        try
        {
            return await operation();
        }
        catch (ApiException refusal) when (refusal is not RefusedByStateException)
        {
            if (await FindAnswerAsync() is { } replay)
                return replay;

            throw;
        }
    }

    /// <summary>Stores an answer whose effect is written already; where a parallel request with the same key was faster, its answer counts.</summary>
    public async Task<ApiAnswer> StoreAsync(ApiAnswer answer)
    {
        if (Request is null)
            return answer;

        var group = new EntityGroup(ids.NewWriteId()).InsertRecord(Request, partitionKey, answer, clock.GetUtcNow());
        return await table.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict conflict
            ? IdempotencyRecords.AnswerOf(conflict.Main, Request) ?? answer
            : answer;
    }
}
