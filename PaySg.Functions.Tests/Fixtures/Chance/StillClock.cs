namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A clock whose hands stand still: nothing that is remembered for seconds is forgotten, however slow the machine. Its time stamps and timers are real.</summary>
public sealed class StillClock : TimeProvider
{
    private readonly DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;
}
