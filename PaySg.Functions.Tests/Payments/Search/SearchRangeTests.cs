using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Search;

[Trait("Category", "Rules")]
public sealed class SearchRangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));

    /// <summary>Whatever is asked for: each payment that matches has a row in the range, and an exact range has no other.</summary>
    [Fact]
    public void A_range_holds_all_that_match_and_an_exact_one_nothing_else()
    {
        var payments = Payments().ToList();
        DateTimeOffset?[] times = [null, Start, Start.AddMilliseconds(1), Start.AddMinutes(3), Start.AddYears(200)];
        var exact = 0;
        foreach (var status in (PaymentStatus?[])[null, PaymentStatus.Unpaid, PaymentStatus.Paid, PaymentStatus.Cancelled])
        {
            foreach (var progress in (RefundProgress?[])[null, RefundProgress.NotRefunded, RefundProgress.PartiallyRefunded, RefundProgress.FullyRefunded])
            {
                foreach (var reference in (string?[])[null, "INV-1"])
                {
                    foreach (var (from, to) in times.SelectMany(from => times.Select(to => (from, to))))
                    {
                        foreach (var isPaid in (bool[])[false, true])
                        {
                            var filter = new PaymentFilter { Status = status, RefundProgress = progress, ReferenceId = reference };
                            exact += Check(isPaid ? filter with { PaidFrom = from, PaidTo = to } : filter with { CreatedFrom = from, CreatedTo = to }, payments) ? 1 : 0;
                        }
                    }
                }
            }
        }

        Assert.InRange(exact, 100, 799);
    }

    [Fact]
    public void What_is_asked_of_payer_and_amount_is_looked_at_row_by_row()
    {
        Assert.False(SearchRange.Of(new PaymentFilter { Payer = "tan" }).IsExact);
        Assert.False(SearchRange.Of(new PaymentFilter { AmountInCents = 1 }).IsExact);
        Assert.False(SearchRange.Of(new PaymentFilter { Payer = "tan", ReferenceId = "INV-1" }).IsExact);
        Assert.True(SearchRange.Of(new PaymentFilter { ReferenceId = "INV-1" }).IsExact);
    }

    [Fact]
    public void Filters_have_fingerprints_of_their_own()
    {
        PaymentFilter[] filters =
        [
            new() { ReferenceId = "a" }, new() { ReferenceId = "a\n" }, new() { Payer = "a" }, new() { Status = PaymentStatus.Unpaid }, new() { Status = PaymentStatus.Paid },
            new() { RefundProgress = RefundProgress.NotRefunded }, new() { CreatedFrom = Start }, new() { CreatedTo = Start }, new() { PaidFrom = Start }, new() { PaidTo = Start }, new() { AmountInCents = 1 },
        ];

        Assert.Equal(filters.Length, filters.Select(filter => filter.Fingerprint).Distinct(StringComparer.Ordinal).Count());
        Assert.All(filters, filter => Assert.Equal("0place", SearchCursor.Parse(SearchCursor.Of(filter, "0place"), filter with { })));
        Assert.All(filters, filter => Assert.False(filter.IsEmpty));
        Assert.True(new PaymentFilter().IsEmpty);
    }

    private static bool Check(PaymentFilter filter, List<Payment> payments)
    {
        var range = SearchRange.Of(filter);
        var found = payments.Where(payment => KeysOf(payment).Any(key => string.CompareOrdinal(key, range.From) >= 0 && string.CompareOrdinal(key, range.To) < 0)).ToList();
        var wanted = payments.Where(filter.Matches).ToList();
        Assert.Equal(wanted, range.IsExact ? found : found.Where(filter.Matches));
        return range.IsExact;
    }

    private static IEnumerable<string> KeysOf(Payment payment) => SearchKeys.Of(payment).Append(PaymentRows.Key(payment.Id));

    private static IEnumerable<Payment> Payments()
    {
        var number = 0;
        foreach (var reference in (string[])["INV-1", "INV-2"])
        {
            foreach (var minutes in (int[])[0, 1, 2, 3, 4])
            {
                var at = Start.AddMinutes(minutes);
                var details = new PaymentDetails { ReferenceId = reference, PayerName = "Tan", Description = "Fee", AmountInCents = 100 };
                var unpaid = Payment.Create("X", "payment_service_1", "user_1", details, at);
                var paid = unpaid.BeginAttempt("att_1", "card", at).Pay("att_1", at.AddMinutes(1));
                foreach (var state in (Payment[])[unpaid, unpaid.Cancel(at), paid, Refunded(paid, 40), Refunded(paid, 100)])
                    yield return state with { Id = PaymentId.LowestAt(at) + $"demo{number++:D10}" };
            }
        }
    }

    private static Payment Refunded(Payment paid, long cents)
    {
        var refund = new Refund { Id = "re_1", AmountInCents = cents, CreatedAt = paid.UpdatedAt, UpdatedAt = paid.UpdatedAt };
        return paid.BeginRefund(refund).EndRefund("re_1", RefundStatus.Succeeded, paid.UpdatedAt);
    }
}
