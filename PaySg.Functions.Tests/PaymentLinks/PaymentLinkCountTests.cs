using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks;

[Trait("Category", "Rules")]
public sealed class PaymentLinkCountTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(7));
    private static readonly long TenMinutesAgo = PaymentLinkId.LowestAt(Now.AddMinutes(-10));

    [Fact]
    public void Nothing_counted_covers_no_link()
    {
        Assert.False(PaymentLinkCount.Nothing.Covers(0));
        Assert.Equal(PaymentLinkCount.Nothing, PaymentLinkCount.Nothing.Without(0));
    }

    [Fact]
    public void A_deleted_link_lowers_the_count_if_it_was_counted()
    {
        var count = new PaymentLinkCount(5, 100);

        Assert.Equal(4, count.Without(100).Count);
        Assert.Equal(4, count.Without(7).Count);
        Assert.Equal(count, count.Without(101));
    }

    [Fact]
    public void Links_of_ten_minutes_and_more_are_counted_in_and_younger_ones_are_not()
    {
        var count = new PaymentLinkCount(5, 100);

        Assert.Equal(new PaymentLinkCount(7, TenMinutesAgo - 1), count.With([TenMinutesAgo + 9, TenMinutesAgo, TenMinutesAgo - 1, 101], Now));
        Assert.Equal(count, count.With([TenMinutesAgo + 9, TenMinutesAgo], Now));
        Assert.Equal(count, count.With([], Now));
    }

    [Fact]
    public void Whatever_is_counted_in_one_step_or_in_two_is_the_same() =>
        Properties.HoldForSequences(Properties.Between(1, TenMinutesAgo * 2), drawn =>
        {
            var ids = drawn.Distinct().OrderDescending().ToList();
            var later = Now.AddMinutes(drawn.Count);

            var once = PaymentLinkCount.Nothing.With(ids, later);
            var first = PaymentLinkCount.Nothing.With(ids, Now);
            var twice = first.With([.. ids.TakeWhile(id => !first.Covers(id))], later);

            Assert.Equal(once, twice);
            Assert.Equal(ids.Count(once.Covers), once.Count);
        });
}
