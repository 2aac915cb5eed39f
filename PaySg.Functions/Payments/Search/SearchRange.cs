using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Search;

/// <summary>
/// Which rows answer a filter: the narrowest range of keys, and what is still to be looked at in each row of it. Keys hold complements, so the newest come first
/// and a later time is a smaller key.
/// </summary>
/// <param name="Prefix">What all keys begin with.</param>
/// <param name="From">The first key that may be one.</param>
/// <param name="To">The first key behind them.</param>
/// <param name="IsExact">Whether each row of the range is one that is asked for.</param>
internal sealed record SearchRange(string Prefix, string From, string To, bool IsExact)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public static SearchRange Of(PaymentFilter filter)
    {
        if (filter.ReferenceId is { } reference)
            return ByCreation(filter, SearchKeys.OfReference(reference), covered: new PaymentFilter { ReferenceId = reference });

        if (filter.RefundProgress is { } progress and not RefundProgress.NotRefunded)
        {
            return ByCreation(filter, SearchKeys.Of(progress), covered: new PaymentFilter { RefundProgress = progress, Status = PaidOrAny(filter) });
        }

        if (filter.AsksWhenPaid || filter.Status == PaymentStatus.Paid)
        {
            // Nothing is paid before it is created.
            var from = Latest(filter.PaidFrom, filter.CreatedFrom);
            return Between(
                filter, SearchKeys.Of(PaymentStatus.Paid), from, filter.PaidTo, covered: new PaymentFilter { Status = PaidOrAny(filter), PaidFrom = filter.PaidFrom, PaidTo = filter.PaidTo });
        }

        return filter.Status is { } status
            ? ByCreation(filter, SearchKeys.Of(status), covered: new PaymentFilter { Status = status })
            : ByCreation(filter, PaymentRows.Prefix, covered: new PaymentFilter());
    }

    // What has a time of payment, and what was refunded, was paid.
    private static PaymentStatus? PaidOrAny(PaymentFilter filter) => filter.Status == PaymentStatus.Paid ? PaymentStatus.Paid : null;

    private static SearchRange ByCreation(PaymentFilter filter, string prefix, PaymentFilter covered) =>
        Between(filter, prefix, filter.CreatedFrom, filter.CreatedTo, covered with { CreatedFrom = filter.CreatedFrom, CreatedTo = filter.CreatedTo });

    private static SearchRange Between(PaymentFilter filter, string prefix, DateTimeOffset? from, DateTimeOffset? to, PaymentFilter covered) => new(
        prefix,
        prefix + (to is null ? "" : ComplementOf(to.Value - Step)),
        from is { } first && first > DateTimeOffset.UnixEpoch ? prefix + ComplementOf(first - Step) : prefix[..^1] + (char)(prefix[^1] + 1),
        IsExact: filter == covered);

    private static string ComplementOf(DateTimeOffset time) => SortableAlphabet.Complement(PaymentId.LowestAt(time));

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}
