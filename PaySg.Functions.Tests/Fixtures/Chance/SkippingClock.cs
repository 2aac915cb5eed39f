using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A clock that stands still until it is moved on, and on which each wait is over at once and has taken its time. Callers' patience does not run out by it.</summary>
public sealed class SkippingClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = now;

    public SkippingClock()
        : this(new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8)))
    {
    }

    /// <summary>How long each wait was.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
                return [.. waits];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
            now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (dueTime == CallerPatience.Limit)
            return new OverTimer();
        lock (gate)
        {
            waits.Add(dueTime);
            now += dueTime;
        }

        callback(state);
        return new OverTimer();
    }

    private sealed class OverTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
