using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The real clock, but for callers' patience: that runs out when the test says so.</summary>
public sealed class PatienceClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<(ITimer Timer, Action Fire)> waiting = [];

    /// <summary>How many callers wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>Every caller who waits now has waited for too long.</summary>
    public void RunOut()
    {
        List<(ITimer, Action Fire)> all;
        lock (gate)
        {
            all = [.. waiting];
            waiting.Clear();
        }

        all.ForEach(static each => each.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != CallerPatience.Limit)
            return System.CreateTimer(callback, state, dueTime, period);
        var timer = new HeldTimer(this);
        lock (gate)
            waiting.Add((timer, () => callback(state)));
        return timer;
    }

    private sealed class HeldTimer(PatienceClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (clock.gate)
                clock.waiting.RemoveAll(each => each.Timer == this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
