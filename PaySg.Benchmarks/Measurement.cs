namespace PaySg.Benchmarks;

/// <summary>What one call costs this process: processor time of all its threads, the garbage collector's too, and bytes allocated.</summary>
internal sealed record Measurement(string Name, double Microseconds, double LeastMicroseconds, double MostMicroseconds, double Bytes)
{
    private const int CallsOfWarmUp = 20_000;
    private const int Rounds = 15;
    private const int CallsOfRound = 4_000;

    /// <summary>Calls until the code is compiled as well as it will be, then takes the medians of several rounds.</summary>
    public static async Task<Measurement> OfAsync(string name, Func<Task> call)
    {
        await RepeatAsync(call, CallsOfWarmUp);
        var times = new double[Rounds];
        var bytes = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var used = Environment.CpuUsage.TotalTime;
            await RepeatAsync(call, CallsOfRound);
            times[round] = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / CallsOfRound;
            bytes[round] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)CallsOfRound;
        }

        Array.Sort(times);
        Array.Sort(bytes);
        return new Measurement(name, times[Rounds / 2], times[0], times[^1], bytes[Rounds / 2]);
    }

    private static async Task RepeatAsync(Func<Task> call, int count)
    {
        for (var i = 0; i < count; i++)
            await call();
    }
}
