namespace PaySg.Functions.Payments;

/// <summary>
/// How often payers have tried a payment without success, so that its page is no place to try out stolen cards. An attempt counts from its
/// begin on, in the transaction that begins it, and no longer where it was withdrawn before the gateway judged it.
/// </summary>
/// <param name="Since">When the first of them was begun.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Guesses(DateTimeOffset Since, int Count)
{
    /// <summary>How many may be made within <see cref="Window"/>.</summary>
    public const int Limit = 20;

    /// <summary>How long they count, from the first of them.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>With one more.</summary>
    public static Guesses Add(Guesses? earlier, DateTimeOffset now) =>
        earlier is null || now - earlier.Since >= Window ? new Guesses(now, 1) : earlier with { Count = earlier.Count + 1 };

    /// <summary>With one less; null: none is left.</summary>
    public static Guesses? TakeBack(Guesses? guesses) => guesses is null or { Count: <= 1 } ? null : guesses with { Count = guesses.Count - 1 };

    /// <summary>How long the next one has to wait; zero: it may be made.</summary>
    public TimeSpan WaitAt(DateTimeOffset now) => Count >= Limit && Since + Window > now ? Since + Window - now : TimeSpan.Zero;
}
