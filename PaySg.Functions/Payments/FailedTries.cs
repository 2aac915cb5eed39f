namespace PaySg.Functions.Payments;

/// <summary>
/// How often payers have tried a payment without success, so that its page is no place to try out stolen cards. An attempt counts from the
/// moment it is begun, in the transaction that begins it, until it turns out that it was withdrawn before the gateway judged it.
/// </summary>
/// <param name="Since">When the first of them was begun.</param>
/// <param name="Count">How many there are.</param>
internal sealed record FailedTries(DateTimeOffset Since, int Count)
{
    /// <summary>How many may be made within <see cref="Window"/>.</summary>
    public const int Limit = 20;

    /// <summary>How long they count, from the first of them.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public static FailedTries Add(FailedTries? earlier, DateTimeOffset now) =>
        earlier is null || now - earlier.Since >= Window ? new FailedTries(now, 1) : earlier with { Count = earlier.Count + 1 };

    /// <summary>Takes one back; null: none is left.</summary>
    public static FailedTries? TakeBack(FailedTries? tries) => tries is null or { Count: <= 1 } ? null : tries with { Count = tries.Count - 1 };

    /// <summary>How long the next one has to wait; zero: it may be made.</summary>
    public TimeSpan WaitAt(DateTimeOffset now) => Count < Limit ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(0, (Since + Window - now).Ticks));
}
