using System.Diagnostics;
using System.Globalization;
using System.Text;
using PaySg.LocalHost.Azurite;

namespace PaySg.Benchmarks;

/// <summary>
/// How many payments a second LocalHost creates on an Azurite of its own, 16 in flight and nobody subscribed, against Azure's clients alone, which write the same
/// rows to another Azurite. The two take turns, so that what else the machine does meets both.
/// </summary>
internal static class Creates
{
    private const int Pairs = 5;
    private const int InRun = 2000;

    // The runtime goes on compiling behind the calls for some thousands of them.
    private const int WarmUps = 4;
    private static readonly ParallelOptions InFlight = new() { MaxDegreeOfParallelism = 16 };

    /// <summary>A row for each pair, and the median of their ratios.</summary>
    /// <param name="worker">The folder of a published app; null: the worker that LocalHost was built with.</param>
    public static async Task<string> TableAsync(string? worker)
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions());
        await using var other = await AzuriteServer.StartAsync(new AzuriteOptions());
        using var host = await RunningLocalHost.StartAsync(worker, azurite.ConnectionString);
        var product = await ProductBuild.LoadAsync(AppContext.BaseDirectory);
        var sent = await product.Storage.RecordAsync(product.CreateUnheardAsync);
        var client = new PlainClient(other.ConnectionString);
        await client.PrepareAsync();
        var written = 0;
        Func<Task> plain = () => client.WriteAsync(sent, $"-{Interlocked.Increment(ref written):D6}");

        for (var run = 0; run < WarmUps; run++)
        {
            await RateAsync(host.CreateAsync);
            await RateAsync(plain);
        }

        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"| payments of {sent.Rows.Count} rows a second | this build | plain client | ratio |\n| --- | --- | --- | --- |\n");
        var ratios = new List<double>();
        for (var pair = 1; pair <= Pairs; pair++)
        {
            var (ours, theirs) = (await RateAsync(host.CreateAsync), await RateAsync(plain));
            ratios.Add(ours / theirs);
            table.Append(CultureInfo.InvariantCulture, $"| {pair} | {ours:F0} | {theirs:F0} | {ours / theirs:F2} |\n");
        }

        return table.Append(CultureInfo.InvariantCulture, $"| median | | | {ratios.Order().ElementAt(Pairs / 2):F2} |\n").ToString();
    }

    private static async Task<double> RateAsync(Func<Task> create)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, InRun, InFlight, async (_, _) => await create());
        return InRun / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
