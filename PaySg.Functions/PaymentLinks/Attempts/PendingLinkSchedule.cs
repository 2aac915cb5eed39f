namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// When a pending attempt is checked, counted from its start. The gateway sends a notice when it has decided, and a notice can be lost: so it
/// is asked as well, and when the payer's time is over the attempt is withdrawn.
/// </summary>
internal static class PendingLinkSchedule
{
    /// <summary>When the gateway is asked.</summary>
    public static readonly IReadOnlyList<TimeSpan> AskedAfter =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>How often an attempt is tried to be withdrawn that the gateway is still at.</summary>
    public static readonly TimeSpan WithdrawnEvery = TimeSpan.FromHours(1);

    /// <summary>When the attempt is checked next.</summary>
    public static DateTimeOffset Next(LinkAttempt attempt, DateTimeOffset now)
    {
        if (attempt.ExpiredAt <= now)
            return now + WithdrawnEvery;

        DateTimeOffset[] times = [.. AskedAfter.Select(delay => attempt.CreatedAt + delay), attempt.ExpiredAt];
        return times.Where(time => time > now).Min();
    }
}
