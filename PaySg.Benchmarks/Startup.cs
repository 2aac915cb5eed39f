using System.Globalization;

namespace PaySg.Benchmarks;

/// <summary>
/// How long LocalHost and its worker take from the start to the first answer, and how the memory of both processes fares under 40,000 requests. Storage must be
/// there: a LocalHost that runs already has started one. Linux only, for the worker is found in /proc.
/// </summary>
internal static class Startup
{
    private const int Starts = 10;
    private const int Requests = 40_000;
    private const int Sample = 10_000;

    /// <summary>
    /// Starts each of the builds ten times, by turns, so that what else the machine does meets all alike. Milliseconds from the start of the worker's process to
    /// its first answer, and to that of its first create, and what the worker took of the processors until then.
    /// </summary>
    /// <param name="workers">Folders of published apps; null: the worker that LocalHost was built with.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<(double Ready, double Created, double Worked)>>> StartsAsync(IReadOnlyList<string?> workers)
    {
        var starts = workers.Select(_ => new List<(double Ready, double Created, double Worked)>()).ToList();
        for (var i = 0; i < Starts * workers.Count; i++)
        {
            using var host = await RunningLocalHost.StartAsync(workers[i % workers.Count]);
            await host.GetAsync("/health");
            var ready = host.WorkerIsRunningFor.TotalMilliseconds;
            await host.CreateAsync();
            starts[i % workers.Count].Add((ready, host.WorkerIsRunningFor.TotalMilliseconds, host.WorkerHasWorkedFor.TotalMilliseconds));
        }

        return starts;
    }

    /// <summary>Memory in MiB, of LocalHost and of its worker, at the start and after each 10,000 requests, every fourth of them a create.</summary>
    /// <param name="worker">The folder of a published app; null: the worker that LocalHost was built with.</param>
    public static async Task<IReadOnlyList<(double LocalHost, double Worker)>> MemoryAsync(string? worker)
    {
        using var host = await RunningLocalHost.StartAsync(worker);
        var id = await host.CreateAsync();
        var mebibytes = new List<(double LocalHost, double Worker)> { host.Mebibytes };
        for (var sent = 0; sent < Requests; sent += Sample)
        {
            await Parallel.ForAsync(0, Sample, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => await (number % 4 == 0 ? host.CreateAsync() : host.ReadAsync(id)));
            mebibytes.Add(host.Mebibytes);
        }

        return mebibytes;
    }

    /// <summary>Prints the starts of a build.</summary>
    public static string Row(string name, IReadOnlyList<(double Ready, double Created, double Worked)> starts) =>
        $"| {name} | {Spread(starts.Select(start => start.Ready))} | {Spread(starts.Select(start => start.Created))} | {Spread(starts.Select(start => start.Worked))} |";

    /// <summary>Prints how the starts of a build compare with those of another at about the same time: the medians of the ratios.</summary>
    public static string Ratios(IReadOnlyList<(double Ready, double Created, double Worked)> starts, IReadOnlyList<(double Ready, double Created, double Worked)> others)
    {
        return $"| its ratio to the first | {Ratio(start => start.Ready)} | {Ratio(start => start.Created)} | {Ratio(start => start.Worked)} |";

        string Ratio(Func<(double Ready, double Created, double Worked), double> of) =>
            starts.Zip(others, (ours, theirs) => of(ours) / of(theirs)).Order().ElementAt(starts.Count / 2).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static string Spread(IEnumerable<double> milliseconds)
    {
        List<double> sorted = [.. milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:F0} ms ({sorted[0]:F0} to {sorted[^1]:F0})");
    }
}
