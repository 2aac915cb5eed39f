namespace PaySg.Functions.Gateway;

/// <summary>When the gateway is asked again to give back a late charge that it has refused to give back. Somebody must look at it meanwhile.</summary>
internal static class LateRefundSchedule
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Whether it is too early to ask again. What was never refused is asked for at once, whatever the clocks of two machines say.</summary>
    /// <param name="dueAt">When the row is due.</param>
    /// <param name="since">When the charge turned out to be late.</param>
    /// <param name="now">Now.</param>
    public static bool IsEarly(DateTimeOffset dueAt, DateTimeOffset since, DateTimeOffset now) => dueAt > since && now < dueAt;

    /// <summary>When it is asked next: each pause is as long as all before together.</summary>
    /// <param name="since">When the charge turned out to be late.</param>
    /// <param name="now">When the gateway refused.</param>
    public static DateTimeOffset Next(DateTimeOffset since, DateTimeOffset now) =>
        now + TimeSpan.FromTicks(Math.Clamp((now - since).Ticks, First.Ticks, Longest.Ticks));
}
