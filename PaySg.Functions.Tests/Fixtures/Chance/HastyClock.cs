namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The real clock, on which timers go off sooner than they are set to: for limits that a test would have to wait for.</summary>
public sealed class HastyClock(double factor) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / factor : dueTime, period);
}
