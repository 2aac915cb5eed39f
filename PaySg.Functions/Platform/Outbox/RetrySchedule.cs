namespace PaySg.Functions.Platform.Outbox;

/// <summary>When a delivery of an event, or a mail, is attempted: the delays before each attempt, counted from the attempt before.</summary>
internal static class RetrySchedule
{
    /// <summary>The delays: 10 attempts over 71.6 hours.</summary>
    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(18),
        TimeSpan.FromHours(22),
    ];

    /// <summary>Longer delays are not put into a queue, where they would count as load: they wait as rows for the sweep.</summary>
    public static readonly TimeSpan LongestInQueue = TimeSpan.FromMinutes(5);

    /// <summary>Each delay is drawn from 80 % to 120 % of what the list says, so that receivers are not hit by all at once.</summary>
    public const double Jitter = 0.2;

    /// <summary>The longest wait that a receiver may ask for by <c>Retry-After</c>.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(12);

    /// <summary>The delay before the attempt after <paramref name="attemptsMade"/> attempts; null: there is no other.</summary>
    public static TimeSpan? DelayAfter(int attemptsMade, IRandomSource random)
    {
        // Stryker disable once Linq: Sum in the place of this property does not compile, and would take the other mutants of the line with it.
        if (attemptsMade >= Delays.Count)
            return null;

        var factor = 1 - Jitter + (2 * Jitter * random.NextDouble());
        return Delays[attemptsMade] * factor;
    }
}
