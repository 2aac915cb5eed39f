using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.Timers;

/// <summary>
/// Runs a timer function as the host's listener does: never two at once, occurrences missed during a run become one run, an occurrence
/// missed while the host was down is made good once at start.
/// </summary>
internal sealed class TimerRunner(
    TimerFunction function,
    TimerSchedule schedule,
    TimerStateStore store,
    IInvoke invoke,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>Timers of the runtime take less than 50 days: long pauses are slept in parts.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Runs until stopped, and then until the run under way has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var monitored = function.UseMonitor && schedule.CanBeMonitored(now);
        var next = schedule.Next(now);
        if (monitored && IsPastDue(now))
            next = await InvokeAsync(now, monitored, isPastDue: true, stop);
        else if (function.RunOnStartup)
            next = await InvokeAsync(now, monitored, isPastDue: false, stop);

        while (await UntilAsync(next, stop))
        {
            // The clock may wake us a little early: the occurrence must not come twice.
            now = clock.GetUtcNow();
            next = await InvokeAsync(now > next ? now : next, monitored, isPastDue: false, stop);
        }
    }

    private bool IsPastDue(DateTimeOffset now)
    {
        if (store.Read(function.Name) is not { } state)
        {
            store.Write(function.Name, new TimerState(Last: null, schedule.Next(now), now));
            return false;
        }

        // Counted from the last time the state was written, so that a changed schedule counts as the new one.
        return schedule.Next(state.LastUpdated) < now;
    }

    private async Task<DateTimeOffset> InvokeAsync(DateTimeOffset time, bool monitored, bool isPastDue, CancellationToken stop)
    {
        var before = monitored ? store.Read(function.Name) : null;
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = before is null
                ? null
                : new ScheduleStatus { Last = (before.Last ?? default).UtcDateTime, Next = before.Next.UtcDateTime, LastUpdated = before.LastUpdated.UtcDateTime },
        };
        try
        {
            await invoke.RunAsync(function, info, stop);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogError(exception, "Timer function {Function} failed; its next run is its next occurrence", function.Name);
        }

        var next = schedule.Next(time);
        if (monitored)
            store.Write(function.Name, new TimerState(time, next, time));
        return next;
    }

    private async Task<bool> UntilAsync(DateTimeOffset time, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var pause = time - clock.GetUtcNow();
            if (pause <= TimeSpan.Zero)
                return true;
            await Task.Delay(pause < LongestSleep ? pause : LongestSleep, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }
}
