namespace PaySg.Functions.Access;

/// <summary>How long what keys did stays in memory before it is written.</summary>
/// <param name="Length">The pause before each write; <see cref="Timeout.InfiniteTimeSpan"/>: nothing is written by itself.</param>
internal sealed record KeyActivityPeriod(TimeSpan Length)
{
    /// <summary>What is lost when an instance dies, and what storage is asked at most: one round in ten seconds.</summary>
    public static KeyActivityPeriod Usual { get; } = new(TimeSpan.FromSeconds(10));

    /// <summary>For hosts that write on command.</summary>
    public static KeyActivityPeriod Never { get; } = new(Timeout.InfiniteTimeSpan);
}
