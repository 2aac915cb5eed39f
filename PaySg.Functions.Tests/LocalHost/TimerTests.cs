using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class TimerTests
{
    private readonly Journal journal = new();
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 30, TimeSpan.Zero));

    [Fact]
    public async Task A_timer_fires_at_its_occurrence_in_utc()
    {
        journal.Gate.SetResult();
        await using var host = await StartAsync(typeof(EveryMinute));
        await Eventually.TrueAsync(() => clock.Sleepers == 1);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(journal.Objects);
        clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => journal.Objects.Count == 1);
        Assert.False(Assert.IsType<TimerInfo>(journal.Objects.First()).IsPastDue);
    }

    private Task<LocalFunctionHost> StartAsync(Type functions) => (Sample.Options(functions).With(journal) with { TimerClock = clock }).StartAsync();
}
