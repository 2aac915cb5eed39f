using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Search;

/// <summary>Where the copies of a payment stand, in each of its states.</summary>
[Trait("Category", "Rules")]
public sealed class SearchKeysTests
{
    private const string Id = "P707XGH60NX-Xt_qRTuJ2";
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset PaidAt = Now.AddHours(1);
    private static readonly string Newest = SortableAlphabet.Complement(Id);
    private static readonly string Reference = $"f:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("INV-1")))[..32]}:{Newest}";
    private static readonly string Unpaid = $"s:unpaid:{Newest}";
    private static readonly string Paid = $"s:paid:{SortableAlphabet.Complement(PaymentId.LowestAt(PaidAt))}{Newest}";
    private static readonly string PartiallyRefunded = $"s:partially_refunded:{Newest}";
    private static readonly string FullyRefunded = $"s:fully_refunded:{Newest}";

    private static Payment New { get; } = Payment.Create(Id, "payment_service_1", "user_1", new PaymentDetails { ReferenceId = "INV-1", PayerName = "Tan", Description = "Fee", AmountInCents = 1130 }, Now);

    [Fact]
    public void A_copy_is_found_by_reference_by_status_and_by_what_was_refunded()
    {
        Assert.Equal([Reference, Unpaid], SearchKeys.Of(New));
        Assert.Equal([Reference, $"s:cancelled:{Newest}"], SearchKeys.Of(New.Cancel(PaidAt)));
        Assert.Equal([Reference, Paid], SearchKeys.Of(PaidPayment()));
        Assert.Equal([Reference, Paid, PartiallyRefunded], SearchKeys.Of(PaidPayment(1129)));
        Assert.Equal([Reference, Paid, FullyRefunded], SearchKeys.Of(PaidPayment(1130)));
    }

    [Fact]
    public void What_was_paid_before_its_time_was_kept_stands_at_the_time_of_its_creation() => Assert.Equal(
        $"s:paid:{SortableAlphabet.Complement(PaymentId.LowestAt(Now))}{Newest}",
        SearchKeys.OfStatus(PaidPayment() with { SucceededAt = null }));

    [Fact]
    public void What_was_created_or_paid_later_stands_before()
    {
        var later = New with { Id = "P707XGH60NY-Xt_qRTuJ2" };

        Assert.True(string.CompareOrdinal(SearchKeys.OfStatus(later), SearchKeys.OfStatus(New)) < 0);
        Assert.True(string.CompareOrdinal(SearchKeys.OfStatus(PaidPayment() with { SucceededAt = PaidAt.AddMilliseconds(1) }), Paid) < 0);
    }

    [Fact]
    public void What_a_change_leaves_is_taken_away_and_nothing_else()
    {
        Assert.Empty(SearchKeys.LeftBy(New, New));
        Assert.Equal([Unpaid], SearchKeys.LeftBy(New, PaidPayment()));
        Assert.Empty(SearchKeys.LeftBy(PaidPayment(), PaidPayment(1)));
        Assert.Equal([PartiallyRefunded], SearchKeys.LeftBy(PaidPayment(1), PaidPayment(1130)));
        Assert.Equal([FullyRefunded], SearchKeys.LeftBy(PaidPayment(1130), PaidPayment()));
    }

    [Fact]
    public void What_an_older_release_may_have_left_is_taken_away_wherever_it_may_be()
    {
        Assert.Empty(SearchKeys.LeftBy(Old(New), New));
        Assert.Equal([Unpaid], SearchKeys.LeftBy(Old(New), PaidPayment()));
        Assert.Equal([Unpaid, FullyRefunded], SearchKeys.LeftBy(Old(PaidPayment()), PaidPayment(1)));
        Assert.Equal([Unpaid, PartiallyRefunded], SearchKeys.LeftBy(Old(PaidPayment(1)), PaidPayment(1130)));

        // A refund that failed after all left no sum, and may have left a copy.
        var failed = PaidPayment() with { Refunds = [new Refund { Id = "re_1", AmountInCents = 1, Status = RefundStatus.Failed, CreatedAt = PaidAt, UpdatedAt = PaidAt }] };
        Assert.Equal([Unpaid, PartiallyRefunded, FullyRefunded], SearchKeys.LeftBy(Old(PaidPayment(1)), failed));
    }

    /// <summary>As a release wrote it that knows no copies.</summary>
    private static Payment Old(Payment payment) => payment with { IsIndexed = null };

    /// <summary>A payment of S$11.30 that was paid an hour later, and of which some cents were refunded.</summary>
    private static Payment PaidPayment(long refundedInCents = 0) => New.Pay("att_1", PaidAt) with
    {
        Refunds = refundedInCents == 0 ? [] : [new Refund { Id = "re_1", AmountInCents = refundedInCents, Status = RefundStatus.Succeeded, CreatedAt = PaidAt, UpdatedAt = PaidAt }],
    };
}
