namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The real clock, but that its time stamps stand still until a test moves both on: so no bucket fills up by itself.</summary>
public sealed class SteadyClock : TimeProvider
{
    private long ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(GetTimestamp());

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
