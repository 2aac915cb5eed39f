namespace PaySg.Functions.Platform.Idempotency;

/// <summary>
/// Changes something that exists, once for each <c>Idempotency-Key</c>: read, decide, write. The key's record is read beside the rows and written with
/// them; who loses against another writer reads and decides again. The caller may leave until the first read: from then on nothing is cancelled, for
/// an effect that stops half way is one that nobody was told of.
/// </summary>
internal sealed class KeyedChange(KeyedCalls calls, HotRowRetry hotRow, IAfterWrite afterWrite, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The answer of the change, or of an earlier call with the same key.</summary>
    /// <param name="space">Whose key it is, and where the change is written.</param>
    /// <param name="parameters">What a repetition has in common with the call.</param>
    /// <param name="read">Reads what the decision needs. The token is the one that is never cancelled.</param>
    /// <param name="decide">Adds the rows to the group, in a transaction at the time given. Null: read and decide again.</param>
    /// <exception cref="Errors.ApiException">
    /// 400 where the key is not usable, 409 where it was used otherwise, and what reading and deciding throw; 402 is recorded like an answer.
    /// </exception>
    public async Task<ApiAnswer> RunAsync<TRead>(
        ApiCall call,
        KeySpace space,
        RequestParameters parameters,
        Func<CancellationToken, Task<TRead>> read,
        Func<TRead, EntityGroup, DateTimeOffset, Task<Decision?>> decide)
    {
        var keyed = calls.Of(call, space, parameters);
        call.ClientLeft.ThrowIfCancellationRequested();
        return await keyed.RunAsync(() => keyed.ReplayOrRefuseAsync(() => hotRow.UntilDecidedAsync(TryAsync, CancellationToken.None)));

        async Task<ApiAnswer?> TryAsync()
        {
            var recordRead = keyed.FindAnswerAsync();
            var rowsRead = read(CancellationToken.None);
            if (await recordRead.BesideAsync(rowsRead) is { } replay)
                return replay;

            var rows = await rowsRead;
            var now = clock.NowInMilliseconds();
            var group = new EntityGroup(ids.NewWriteId());
            return await decide(rows, group, now) is { } decision ? await WriteAsync(decision, group, now) : null;
        }

        async Task<ApiAnswer?> WriteAsync(Decision decision, EntityGroup group, DateTimeOffset now)
        {
            keyed.AddTo(group, decision.Recorded, now);
            if (await space.Table.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
                return decision.WhenLost is { } whenLost ? await ReplayOrAsync(whenLost) : null;

            await (decision.Afterwards?.Invoke() ?? Task.CompletedTask);
            await afterWrite.RunAsync(group, now);
            return decision.Answer;
        }

        async Task<ApiAnswer?> ReplayOrAsync(Func<Task> whenLost)
        {
            if (await keyed.FindAnswerAsync() is { } replay)
                return replay;

            await whenLost();
            return null;
        }
    }

    /// <summary>The same, where something is created and nothing need be read.</summary>
    public Task<ApiAnswer> RunAsync(
        ApiCall call, KeySpace space, RequestParameters parameters, Func<EntityGroup, DateTimeOffset, Task<Decision>> create) =>
        RunAsync(call, space, parameters, _ => Task.FromResult<object?>(null), async (_, group, now) => (Decision?)await create(group, now));

    /// <summary>The same, where nothing is awaited to decide.</summary>
    public Task<ApiAnswer> RunAsync<TRead>(
        ApiCall call,
        KeySpace space,
        RequestParameters parameters,
        Func<CancellationToken, Task<TRead>> read,
        Func<TRead, EntityGroup, DateTimeOffset, Decision> decide) =>
        RunAsync(call, space, parameters, read, (rows, group, now) => Task.FromResult<Decision?>(decide(rows, group, now)));
}
