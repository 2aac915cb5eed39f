namespace PaySg.Functions.Platform.Idempotency;

/// <summary>Two point reads at once.</summary>
internal static class ParallelReads
{
    /// <summary>The result of the first read, once both have ended: a fault of the other is not left unobserved, and is told by whoever awaits it.</summary>
    public static async Task<T> BesideAsync<T>(this Task<T> read, Task other)
    {
        await Task.WhenAll(read, other).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await read;
    }
}
