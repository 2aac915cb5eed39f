using System.Globalization;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>The whole product over a storage, a gateway and receivers that fail in every way: see the section "Simulation" of the guide to testing.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int FastSeeds = 300;

    /// <summary>The seed that <c>PAYSG_SEED</c> names, alone; else the first 300, which are the same in each run.</summary>
    [Fact]
    public async Task No_event_is_lost_and_no_money_goes_astray()
    {
        var (first, count) = Environment.GetEnvironmentVariable("PAYSG_SEED") is { Length: > 0 } seed
            ? (int.Parse(seed, CultureInfo.InvariantCulture), 1) : (1, FastSeeds);
        output.WriteLine(await SimulationProcess.RunAsync(first, count, TimeSpan.FromMinutes(4)));
    }

    /// <summary>Whatever a seed shows, it shows again.</summary>
    [Fact]
    public async Task A_seed_runs_the_same_twice() => output.WriteLine(await SimulationProcess.RunAsync(1, 20, TimeSpan.FromMinutes(2), "--twice"));
}
