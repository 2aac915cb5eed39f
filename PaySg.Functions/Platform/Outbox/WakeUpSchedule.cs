namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// When the sweeper wakes work that nobody does: first soon, then with longer and longer pauses. Whoever stands still for an hour finds a few messages for
/// each row, not one from each sweep.
/// </summary>
internal static class WakeUpSchedule
{
    /// <summary>How late a row is at its first wake-ups.</summary>
    public static readonly IReadOnlyList<TimeSpan> Lateness =
    [
        TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(90),
        TimeSpan.FromSeconds(210),
        TimeSpan.FromSeconds(450),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>The pause between later wake-ups. No longer, because a charge in doubt may be among what waits.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>The first pause of a row that is moved on with each wake-up: time for an attempt at a slow receiver or relay.</summary>
    public static readonly TimeSpan FirstMove = TimeSpan.FromMinutes(5);

    /// <summary>How many wake-ups a row has had that is so late.</summary>
    public static int CountAt(TimeSpan lateness) =>
        Lateness.Count(step => step <= lateness) + Math.Max(0, (int)((lateness - Lateness[^1]) / LongestPause));

    /// <summary>Whether a row is to be woken: whether a wake-up of it has come since the sweep before.</summary>
    /// <param name="dueAt">When the row was due.</param>
    /// <param name="lastSweep">When the sweep before looked; null: none did.</param>
    /// <param name="now">When this sweep looks.</param>
    public static bool IsDue(DateTimeOffset dueAt, DateTimeOffset? lastSweep, DateTimeOffset now) =>
        CountAt(now - dueAt) > (lastSweep is null ? 0 : CountAt(lastSweep.Value - dueAt));

    /// <summary>When the next wake-up of a row comes after now.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset dueAt, DateTimeOffset now)
    {
        var count = CountAt(now - dueAt);
        return dueAt + (count < Lateness.Count ? Lateness[count] : Lateness[^1] + ((count - Lateness.Count + 1) * LongestPause));
    }

    /// <summary>How far a row that remembers its wake-ups is moved on.</summary>
    /// <param name="wakeUps">How often it was woken since its work was due.</param>
    public static TimeSpan MoveAfter(int wakeUps) => TimeSpan.FromTicks(Math.Min(FirstMove.Ticks * Math.Clamp(wakeUps, 1, 100), LongestPause.Ticks));
}
