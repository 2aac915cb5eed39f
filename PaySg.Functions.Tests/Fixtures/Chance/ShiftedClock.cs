namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The real clock, moved on by a shift that a test sets.</summary>
public sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
