using System.Globalization;
using System.Text;

namespace PaySg.Benchmarks;

/// <summary>
/// What a call costs in processor time, which others on the machine disturb less than the time that passes: builds take turns, a few milliseconds each, and what
/// is compared is what they took in the same round.
/// </summary>
internal static class Processor
{
    private const int Rounds = 41;
    private const int CallsInRound = 500;
    private const int WarmUp = 6000;

    /// <summary>A row for each call and build: medians of the rounds, and of the ratios of each round.</summary>
    public static async Task<string> TableAsync()
    {
        var builds = new List<Calls>();
        foreach (var name in Calls.Builds)
        {
            var build = new Calls { Build = name };
            await build.SetUpAsync();
            builds.Add(build);
        }

        (string Name, Func<Calls, Task> Call)[] calls =
        [
            ("create a payment", static build => build.CreateAsync()),
            ("create a payment, nobody subscribes", static build => build.CreateUnheardAsync()),
            ("create a payment with a key", static build => build.CreateKeyedAsync()),
            ("read a payment", static build => build.ReadAsync()),
        ];
        foreach (var build in builds)
        {
            foreach (var (_, call) in calls)
                await RepeatAsync(build, call, WarmUp);
        }

        // What is compiled behind the calls is done by then.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var table = new StringBuilder("| call | of | processor time, median | to the baseline | to the plain client |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (name, call) in calls)
            Append(table, name, await MeasureAsync(builds, call));

        return table.ToString();
    }

    private static async Task<Dictionary<string, double[]>> MeasureAsync(List<Calls> builds, Func<Calls, Task> call)
    {
        var microseconds = builds.ToDictionary(static build => build.Build, static _ => new double[Rounds], StringComparer.Ordinal);
        foreach (var build in builds)
            await RepeatAsync(build, call, WarmUp);

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var build in builds)
            {
                var before = Environment.CpuUsage.TotalTime;
                await RepeatAsync(build, call, CallsInRound);
                microseconds[build.Build][round] = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / CallsInRound;
            }
        }

        return microseconds;
    }

    private static async Task RepeatAsync(Calls build, Func<Calls, Task> call, int times)
    {
        for (var i = 0; i < times; i++)
            await call(build);
    }

    private static void Append(StringBuilder table, string call, Dictionary<string, double[]> microseconds)
    {
        foreach (var (build, rounds) in microseconds)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {call} | {build} | {Median(rounds):F1} µs | {To(Calls.Before)} | {To(Calls.Plain)} |\n");

            string To(string other) => other != build && microseconds.TryGetValue(other, out var its)
                ? Median(rounds.Zip(its, static (ours, theirs) => ours / theirs)).ToString("F2", CultureInfo.InvariantCulture)
                : "";
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
