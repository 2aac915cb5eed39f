namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// The places for attempts on a link that are begun and neither paid nor over: <c>q:{link}:{place}</c>. An attempt takes one that it has drawn, in the transaction that
/// begins it, and leaves it in the one that ends it. So their number is bounded without a count, and attempts on one link do not meet in one row.
/// </summary>
internal static class PendingPlaceRows
{
    /// <summary>How many there are for a link.</summary>
    public const int PerLink = 2000;

    private const string Prefix = "q:";

    public static string Key(long linkId, int place) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{linkId:D16}:{place:D4}");

    /// <summary>All places of a link that are taken.</summary>
    public static string Range(string accountId, long linkId) => RowKeys.Prefix(accountId, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{linkId:D16}:"));

    public static int PlaceOf(string rowKey) => int.Parse(rowKey.AsSpan(rowKey.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);

    public static TableEntity Write(LinkAttempt attempt) =>
        new(attempt.AccountId, Key(attempt.PaymentLinkId, attempt.Place!.Value)) { ["attempt"] = attempt.ReffNo };
}
