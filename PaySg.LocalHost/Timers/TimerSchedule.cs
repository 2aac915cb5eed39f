using NCrontab;

namespace PaySg.LocalHost.Timers;

/// <summary>A cron expression as NCrontab reads it: six fields from seconds to weekday, or five at second 0, in UTC.</summary>
internal sealed class TimerSchedule
{
    private static readonly TimeSpan LeastMonitored = TimeSpan.FromMinutes(1);
    private readonly CrontabSchedule schedule;

    private TimerSchedule(CrontabSchedule schedule) => this.schedule = schedule;

    /// <summary>Reads an expression; null, and a problem, where Azure would leave the function dead with a line in the log.</summary>
    public static TimerSchedule? Parse(string expression, string what, List<string> problems)
    {
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6))
        {
            problems.Add($"{what}: the schedule \"{expression}\" needs six fields: second, minute, hour, day, month, weekday.");
            return null;
        }

        try
        {
            return new TimerSchedule(CrontabSchedule.Parse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 }));
        }
        catch (CrontabException exception)
        {
            problems.Add($"{what}: the schedule \"{expression}\" is not valid: {exception.Message}");
            return null;
        }
    }

    /// <summary>The first occurrence after a time.</summary>
    public DateTimeOffset Next(DateTimeOffset after) => new(DateTime.SpecifyKind(schedule.GetNextOccurrence(after.UtcDateTime), DateTimeKind.Utc));

    /// <summary>Whether missed occurrences can be noticed: not when occurrences are less than a minute apart.</summary>
    public bool CanBeMonitored(DateTimeOffset now)
    {
        var occurrence = Next(now);
        for (var i = 0; i < 5 && occurrence < DateTimeOffset.MaxValue - LeastMonitored; i++)
        {
            var next = Next(occurrence);
            if (next - occurrence < LeastMonitored)
                return false;
            occurrence = next;
        }

        return true;
    }
}
