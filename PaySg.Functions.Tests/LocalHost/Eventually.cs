namespace PaySg.Functions.Tests.LocalHost;

/// <summary>Waits for what happens on its own time; the limit only bounds a failing test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync(condition, Limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < limit, "It did not happen in time.");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
