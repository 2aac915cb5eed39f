namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>A span of time, both ends included. Times are compared as they are shown, to the second: who asks for a time that was shown finds what it was of.</summary>
/// <param name="From">The first moment; null: the beginning.</param>
/// <param name="To">The last moment; null: the end.</param>
internal readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The first moment within; null: the beginning.</summary>
    public DateTimeOffset? Begin => From is { } from && Whole(from) is var whole && whole < from ? whole.AddSeconds(1) : From;

    /// <summary>The first moment behind; null: the end.</summary>
    public DateTimeOffset? End => To is { } to ? Whole(to).AddSeconds(1) : null;

    /// <summary>Whether it holds a moment. None at all is only in the span without ends.</summary>
    public bool Contains(DateTimeOffset? time) => time is { } moment ? !(moment < Begin) && !(moment >= End) : From is null && To is null;

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
