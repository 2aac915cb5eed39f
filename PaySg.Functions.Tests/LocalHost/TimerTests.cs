using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class TimerTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Journal journal = new();
    private readonly ListLogger log = new();
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 30, TimeSpan.Zero));
    private readonly string folder = Directory.CreateTempSubdirectory("paysg-timers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_timer_fires_at_its_occurrence_in_utc()
    {
        journal.Gate.SetResult();
        await using var host = await StartAsync(typeof(EveryMinute));
        await SleepsAsync();

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, clock.Sleepers);
        clock.Advance(TimeSpan.FromSeconds(1));

        await RanAsync(1);
        Assert.False(Run(0).IsPastDue);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 1, 0, DateTimeKind.Utc), Run(0).ScheduleStatus!.Next);
    }

    [Fact]
    public async Task A_timer_never_overlaps_and_what_it_missed_becomes_one_run()
    {
        await using var host = await StartAsync(typeof(EveryMinute));
        await SleepsAsync();
        clock.Advance(Minute);
        await Eventually.TrueAsync(() => journal.Running == 1);

        clock.Advance(3 * Minute);
        Assert.Single(journal.Objects);
        journal.Gate.SetResult();

        await RanAsync(2);
        await SleepsAsync();
        Assert.Equal(2, journal.Objects.Count);
        Assert.Equal(1, journal.Most);
        Assert.False(Run(1).IsPastDue);
    }

    [Fact]
    public async Task What_was_missed_while_the_host_was_down_is_made_good_once_at_start()
    {
        journal.Gate.SetResult();
        await using (await StartAsync(typeof(EveryMinute)))
        {
            await SleepsAsync();
            clock.Advance(Minute);
            await RanAsync(1);
            await SleepsAsync();
        }

        clock.Advance(5 * Minute);
        await using var again = await StartAsync(typeof(EveryMinute));
        await RanAsync(2);
        await SleepsAsync();

        Assert.Equal(2, journal.Objects.Count);
        Assert.True(Run(1).IsPastDue);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 1, 30, DateTimeKind.Utc), Run(1).ScheduleStatus!.Last);
    }

    [Fact]
    public async Task A_first_start_is_not_past_due()
    {
        await using var host = await StartAsync(typeof(EveryMinute));
        await SleepsAsync();

        Assert.Empty(journal.Objects);
    }

    [Fact]
    public async Task A_schedule_under_a_minute_is_not_monitored()
    {
        await using (await StartAsync(typeof(EveryFiveSeconds)))
        {
            await SleepsAsync();
            clock.Advance(TimeSpan.FromSeconds(5));
            await RanAsync(1);
            await SleepsAsync();
        }

        clock.Advance(5 * Minute);
        await using var again = await StartAsync(typeof(EveryFiveSeconds));
        await SleepsAsync();

        Assert.Null(Run(0).ScheduleStatus);
        Assert.Single(journal.Objects);
    }

    [Fact]
    public async Task Run_on_startup_runs_at_each_start_and_the_schedule_comes_from_a_setting()
    {
        await using var host = await (Options(typeof(AtStartup)).With("SCHEDULE", "0 0 16 * * *")).StartAsync();
        await RanAsync(1);
        await SleepsAsync();
        Assert.False(Run(0).IsPastDue);

        clock.Advance(TimeSpan.FromHours(4));
        await RanAsync(2);
    }

    [Fact]
    public async Task A_run_at_startup_is_not_added_to_a_past_due_run()
    {
        await using (await (Options(typeof(AtStartup)).With("SCHEDULE", "0 0 16 * * *")).StartAsync())
            await SleepsAsync();

        clock.Advance(TimeSpan.FromDays(1));
        await using var again = await (Options(typeof(AtStartup)).With("SCHEDULE", "0 0 16 * * *")).StartAsync();
        await RanAsync(2);
        await SleepsAsync();

        Assert.Equal(2, journal.Objects.Count);
        Assert.True(Run(1).IsPastDue);
    }

    [Fact]
    public async Task A_failure_is_logged_and_the_next_run_is_the_next_occurrence()
    {
        await using var host = await StartAsync(typeof(FailsEveryMinute));
        await SleepsAsync();
        clock.Advance(TimeSpan.FromSeconds(30));
        await RanAsync(1);
        await SleepsAsync();
        Assert.True(log.Has("Timer function FailsEveryMinute failed"));
        Assert.Single(journal.Objects);

        clock.Advance(Minute);
        await RanAsync(2);
    }

    [Fact]
    public async Task A_stop_cancels_the_token_and_waits_for_the_run()
    {
        var host = await StartAsync(typeof(EveryMinute));
        await SleepsAsync();
        clock.Advance(Minute);
        await Eventually.TrueAsync(() => journal.Running == 1);

        await host.StopAsync();

        Assert.Equal(0, journal.Running);
    }

    [Fact]
    public async Task A_disabled_timer_does_not_run()
    {
        await using var host = await (Options(typeof(AtStartup), typeof(EveryMinute)).With("SCHEDULE", "0 0 16 * * *").With("AzureWebJobs.AtStartup.Disabled", "1")).StartAsync();
        await SleepsAsync();

        Assert.Empty(journal.Objects);
    }

    private TimerInfo Run(int index) => (TimerInfo)journal.Objects.ElementAt(index);

    private Task RanAsync(int times) => Eventually.TrueAsync(() => journal.Objects.Count >= times);

    private Task SleepsAsync() => Eventually.TrueAsync(() => clock.Sleepers == 1);

    private LocalHostOptions Options(params Type[] functions) => Sample.Options(functions).With(journal).With(log) with { TimerClock = clock, DataFolder = folder };

    private Task<LocalFunctionHost> StartAsync(Type functions) => Options(functions).StartAsync();
}
