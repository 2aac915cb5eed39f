using System.Diagnostics;
using System.Globalization;
using System.Text;
using PaySg.LocalHost.Azurite;

namespace PaySg.Benchmarks;

/// <summary>
/// How many payments a second LocalHost creates on an Azurite of its own, 16 in flight and nobody subscribed, against Azure's clients alone on another Azurite,
/// which write the same rows and send the message that a create sends where it does not know that nobody subscribes; and against the rows alone. They take turns,
/// so that what else the machine does meets all.
/// </summary>
internal static class Creates
{
    private const int Turns = 5;
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
        var rows = await product.Storage.RecordAsync(product.CreateUnheardAsync);
        var whole = rows with { Messages = (await product.Storage.RecordAsync(product.CreateAsync)).Messages };
        var client = new PlainClient(other.ConnectionString);
        await client.PrepareAsync();
        var written = 0;
        Func<Task> Plain(SentCall sent) => () => client.WriteAsync(sent, $"-{Interlocked.Increment(ref written):D6}");
        async Task<(double Ours, double Whole, double Rows)> TurnAsync() => (await RateAsync(host.CreateAsync), await RateAsync(Plain(whole)), await RateAsync(Plain(rows)));

        for (var run = 0; run < WarmUps; run++)
            await TurnAsync();

        var table = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"| payments of {rows.Rows.Count} rows a second | this build | plain client: rows and {whole.Messages.Count} message | ratio | rows alone | ratio |\n| --- | --- | --- | --- | --- | --- |\n");
        var (toWhole, toRows) = (new List<double>(), new List<double>());
        for (var turn = 1; turn <= Turns; turn++)
        {
            var rate = await TurnAsync();
            toWhole.Add(rate.Ours / rate.Whole);
            toRows.Add(rate.Ours / rate.Rows);
            table.Append(CultureInfo.InvariantCulture, $"| {turn} | {rate.Ours:F0} | {rate.Whole:F0} | {toWhole[^1]:F2} | {rate.Rows:F0} | {toRows[^1]:F2} |\n");
        }

        return table.Append(CultureInfo.InvariantCulture, $"| median | | | {Median(toWhole):F2} | | {Median(toRows):F2} |\n").ToString();
    }

    private static double Median(List<double> ratios) => ratios.Order().ElementAt(Turns / 2);

    private static async Task<double> RateAsync(Func<Task> create)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, InRun, InFlight, async (_, _) => await create());
        return InRun / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
