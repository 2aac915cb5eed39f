using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>The same as <see cref="SimulationTests"/>, for longer.</summary>
[Trait("Category", "Simulation")]
public sealed class ManySeeds(ITestOutputHelper output)
{
    private const int Count = 10_000;

    [Fact]
    public async Task No_event_is_lost_in_many_runs() => output.WriteLine(await SimulationProcess.RunAsync(1, Count, TimeSpan.FromMinutes(60)));
}
