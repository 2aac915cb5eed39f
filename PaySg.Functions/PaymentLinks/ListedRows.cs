using Azure.Data.Tables;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Rows of an account that are listed by pages, newest first: a prefix and the complement of a <see cref="PaymentLinkId"/>.</summary>
/// <param name="Prefix">What their keys begin with.</param>
/// <param name="CountKey">The row that says how many there are up to one of them (<see cref="PaymentLinkCount"/>).</param>
internal sealed record ListedRows(string Prefix, string CountKey)
{
    /// <summary>Payment links.</summary>
    public static readonly ListedRows Links = new(PaymentLinkRows.Prefix, PaymentLinkRows.CountKey);

    /// <summary>The attempts on them.</summary>
    public static readonly ListedRows Histories = new(LinkAttemptRows.Prefix, LinkAttemptRows.CountKey);

    private const string Count = "count";
    private const string UpTo = "up_to";

    /// <summary>The key of an id.</summary>
    public string Key(long id) => Prefix + PaymentLinkId.Complement(id);

    /// <summary>The id of a key.</summary>
    public long IdOf(string rowKey)
    {
        ArgumentNullException.ThrowIfNull(rowKey);
        return PaymentLinkId.OfComplement(rowKey[Prefix.Length..]);
    }

    /// <summary>The row of a count.</summary>
    public TableEntity WriteCount(string accountId, PaymentLinkCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return new TableEntity(accountId, CountKey) { [Count] = count.Count, [UpTo] = count.UpTo };
    }

    /// <summary>The count of a row.</summary>
    public static PaymentLinkCount ReadCount(TableEntity row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new PaymentLinkCount(row.GetInt64(Count)!.Value, row.GetInt64(UpTo)!.Value);
    }
}
