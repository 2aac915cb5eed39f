namespace PaySg.Functions.Payments.Refunds;

/// <summary>When the gateway is asked what became of a refund that it has taken. It sends a notice when it has decided, and a notice can be lost.</summary>
internal static class PendingRefundSchedule
{
    public static readonly TimeSpan First = TimeSpan.FromHours(1);

    /// <summary>A refund may take days, so it is asked once a day at last.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>When it is asked next: each pause is as long as all before together.</summary>
    /// <param name="askedAt">When the refund was asked for.</param>
    public static DateTimeOffset Next(DateTimeOffset askedAt, DateTimeOffset now) =>
        now + TimeSpan.FromTicks(Math.Clamp((now - askedAt).Ticks, First.Ticks, Longest.Ticks));
}
