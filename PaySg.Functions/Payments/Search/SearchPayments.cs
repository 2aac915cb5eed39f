namespace PaySg.Functions.Payments.Search;

/// <summary>
/// Finds payments. A page by reference, status, refunds or time is one query and costs what it shows. For what no key holds (payer, amount, two of the others at
/// once) the rows of the narrowest range are looked at, a thousand a page at most; then the page says where it stopped.
/// </summary>
internal sealed class SearchPayments(PaySgTables tables)
{
    /// <summary>A page of what the filter asks for, in the order of the range: newest first, or the last one paid first.</summary>
    /// <param name="after">A place of an earlier page; null: from the beginning.</param>
    public Task<RowPage<FoundPayment>> RunAsync(string paymentServiceId, PaymentFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        var range = SearchRange.Of(filter);
        return tables.Payments.PageAsync(
            RowKeys.Range(paymentServiceId, BeginOf(range, after), range.To),
            limit,
            row => new FoundPayment(PaymentRows.Read(row), row.RowKey[range.Prefix.Length..]),
            range.IsExact ? null : found => filter.Matches(found.Payment),
            select: null,
            cancellationToken);
    }

    private static string BeginOf(SearchRange range, string? after) =>
        after is not null && string.CompareOrdinal(range.Prefix + after, range.From) >= 0 ? RowKeys.Behind(range.Prefix + after) : range.From;
}
