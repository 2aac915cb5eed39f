using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Rows of an account that are listed by pages, newest first: a prefix and the complement of a <see cref="PaymentLinkId"/>.</summary>
/// <param name="Prefix">What their keys begin with.</param>
/// <param name="CountKey">The row that says how many there are up to one of them (<see cref="PaymentLinkCount"/>).</param>
internal sealed record ListedRows(string Prefix, string CountKey)
{
    public static readonly ListedRows Links = new(PaymentLinkRows.Prefix, PaymentLinkRows.CountKey);

    public static readonly ListedRows Histories = new(LinkAttemptRows.Prefix, LinkAttemptRows.CountKey);

    private const string Count = "count";
    private const string UpTo = "up_to";

    public string Key(long id) => Prefix + PaymentLinkId.Complement(id);

    public long IdOf(string rowKey) => PaymentLinkId.OfComplement(rowKey[Prefix.Length..]);

    public TableEntity WriteCount(string accountId, PaymentLinkCount count) =>
        new TableEntity(accountId, CountKey) { [Count] = count.Count, [UpTo] = count.UpTo };

    public static PaymentLinkCount ReadCount(TableEntity row) => new PaymentLinkCount(row.GetInt64(Count)!.Value, row.GetInt64(UpTo)!.Value);
}
