namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Where the money is, for comparing books: all sums in cents.</summary>
/// <param name="Charged">By payment intent, what its payer paid.</param>
/// <param name="Refunded">By payment intent, what was given back: refunds that did not fail.</param>
/// <param name="Charges">Of successful charges, the metadata.</param>
/// <param name="Refunds">Of all refunds, failed ones too, the metadata.</param>
internal sealed record StripeBooks(
    IReadOnlyDictionary<string, long> Charged,
    IReadOnlyDictionary<string, long> Refunded,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Charges,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Refunds)
{
    /// <summary>How many successful charges each value of a metadata name has, such as each attempt's id; those without it count under an empty value.</summary>
    public IReadOnlyDictionary<string, int> ChargesPer(string name) => Count(Charges, name);

    /// <summary>How many refunds each value of a metadata name has, such as <c>refund_id</c>.</summary>
    public IReadOnlyDictionary<string, int> RefundsPer(string name) => Count(Refunds, name);

    internal static StripeBooks Of(StripeStore store)
    {
        var charges = store.All<StripeCharge>().Where(charge => charge.Succeeded).ToList();
        var refunds = store.All<StripeRefund>().ToList();
        return new StripeBooks(
            Sum(charges, charge => charge.Intent.Id, charge => charge.Intent.Amount),
            Sum(refunds.Where(refund => refund.Stands), refund => refund.Charge.Intent.Id, refund => refund.Amount),
            [.. charges.Select(charge => charge.Intent.Metadata)],
            [.. refunds.Select(refund => refund.Metadata)]);
    }

    private static Dictionary<string, long> Sum<T>(IEnumerable<T> all, Func<T, string> by, Func<T, long> amount) =>
        all.GroupBy(by).ToDictionary(group => group.Key, group => group.Sum(amount));

    private static Dictionary<string, int> Count(IReadOnlyList<IReadOnlyDictionary<string, string>> all, string name) => all
        .GroupBy(metadata => metadata.GetValueOrDefault(name, string.Empty))
        .ToDictionary(group => group.Key, group => group.Count());
}
