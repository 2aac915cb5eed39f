namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// The patience of writers that lose on a hot row: read again, decide again, with growing and jittered pauses, for 20 s.
/// </summary>
internal sealed class HotRowRetry(TimeProvider clock, IRandomSource random)
{
    /// <summary>How long a writer goes on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Writes on what was read; where that was lost to another writer, reads again and decides again.</summary>
    /// <param name="first">What was read before.</param>
    /// <param name="readAgain">Reads it once more.</param>
    /// <param name="write">Null: lost.</param>
    /// <exception cref="HotRowException">The row stayed hot for <see cref="Patience"/>.</exception>
    public Task<T> UntilWrittenAsync<TRead, T>(TRead first, Func<Task<TRead>> readAgain, Func<TRead, Task<T?>> write)
        where T : class
    {
        var isFirst = true;
        return UntilDecidedAsync(
            async () =>
            {
                var read = isFirst ? first : await readAgain();
                isFirst = false;
                return await write(read);
            },
            CancellationToken.None);
    }

    /// <summary>Repeats the step until it gives a result; null means "lost, try again".</summary>
    /// <exception cref="HotRowException">The row stayed hot for <see cref="Patience"/>.</exception>
    public async Task<T> UntilDecidedAsync<T>(Func<Task<T?>> step, CancellationToken cancellationToken)
        where T : class
    {
        var started = clock.GetTimestamp();
        var ceiling = 20.0;
        while (true)
        {
            if (await step() is { } result)
                return result;

            if (clock.GetElapsedTime(started) > Patience)
                throw new HotRowException();

            var pause = TimeSpan.FromMilliseconds(5 + (random.NextDouble() * ceiling));
            ceiling = Math.Min(ceiling * 1.6, 500);
            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
