namespace PaySg.Functions.Payments.Emails;

/// <summary>
/// When mails with a payment's link were asked for, so that a payment is no means to fill somebody's mailbox. They stand in the payment, which is written
/// with each of them anyway.
/// </summary>
/// <param name="AskedAt">The newest ones, oldest first, at least one and at most <see cref="Limit"/>.</param>
internal sealed record LinkMails(IReadOnlyList<DateTimeOffset> AskedAt)
{
    /// <summary>How many may be asked for within <see cref="Window"/>.</summary>
    public const int Limit = 10;

    /// <summary>How long one counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>How long after one the next may be asked for.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(1);

    /// <summary>With one more.</summary>
    public static LinkMails Add(LinkMails? earlier, DateTimeOffset now) => new([.. (earlier?.AskedAt ?? []).TakeLast(Limit - 1), now]);

    /// <summary>How long the next one has to wait; zero: it may be asked for.</summary>
    public TimeSpan WaitAt(DateTimeOffset now)
    {
        var cooled = AskedAt[^1] + CoolDown;
        var free = AskedAt is { Count: >= Limit } ? AskedAt[^Limit] + Window : now;
        return new[] { cooled - now, free - now, TimeSpan.Zero }.Max();
    }
}
