namespace PaySg.Functions.PaymentLinks;

/// <summary>How many links an account has up to one of them, so that nobody need count those again.</summary>
/// <param name="Count">How many links have an id up to <paramref name="UpTo"/>.</param>
/// <param name="UpTo">The id; -1, below every id: none is counted yet.</param>
internal sealed record PaymentLinkCount(long Count, long UpTo)
{
    /// <summary>Of an account whose links were never counted.</summary>
    public static readonly PaymentLinkCount Nothing = new(0, -1);

    /// <summary>
    /// How old a link must be to be counted into it. Ids are made when a create begins, so none that is still being written lies below: a create
    /// ends within a few minutes, its repetitions at slow storage included.
    /// </summary>
    public static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    /// <summary>Whether a link is counted in.</summary>
    public bool Covers(long id) => id <= UpTo;

    /// <summary>The count once a link is deleted.</summary>
    public PaymentLinkCount Without(long id) => Covers(id) ? this with { Count = Count - 1 } : this;

    /// <summary>The count with the settled ones of newer links.</summary>
    /// <param name="newer">The ids, newest first, of links that it does not cover: all that are older than the first of them.</param>
    public PaymentLinkCount With(IReadOnlyList<long> newer, DateTimeOffset now)
    {
        var bound = PaymentLinkId.LowestAt(now - Settled);
        var settled = newer.SkipWhile(id => id >= bound).ToArray();
        return settled is [var newest, ..] ? new PaymentLinkCount(Count + settled.Length, newest) : this;
    }
}
