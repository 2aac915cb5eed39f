namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// The patience of writers that lose on a hot row: read again, decide again, with growing and jittered pauses, for 20 s.
/// </summary>
internal sealed class HotRowRetry(TimeProvider clock, IRandomSource random)
{
    /// <summary>How long a writer goes on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
