using FsCheck.Fluent;
using PaySg.Functions.Payments;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments;

[Trait("Category", "Rules")]
public sealed class GstSplitTests
{
    [Theory]
    [InlineData(10_900, 900, 10_000, 900)]
    [InlineData(1130, 900, 1037, 93)]
    [InlineData(109, 900, 100, 9)]
    [InlineData(1, 900, 1, 0)]
    [InlineData(20_000_000, 900, 18_348_624, 1_651_376)]
    [InlineData(99_999_999, 100_00, 49_999_999, 50_000_000)]
    [InlineData(1130, 0, 1130, 0)]
    public void The_tax_is_taken_out_of_the_amount_to_the_nearest_cent(long amount, int rate, long net, long tax)
    {
        Assert.Equal(new GstSplit(rate, net, tax), GstSplit.Of(amount, rate));
    }

    [Fact]
    public void Half_a_cent_is_rounded_up()
    {
        // A third of 1.5 cents would be half a cent: 3 cents at 20 %.
        Assert.Equal(1, GstSplit.Of(3, 20_00)!.TaxInCents);
    }

    [Fact]
    public void Without_a_rate_nothing_is_split()
    {
        Assert.Null(GstSplit.Of(1130, null));
    }

    [Theory]
    [InlineData(900, "9")]
    [InlineData(925, "9.25")]
    [InlineData(950, "9.5")]
    [InlineData(905, "9.05")]
    [InlineData(0, "0")]
    [InlineData(100_00, "100")]
    public void A_rate_is_shown_as_short_as_it_is(int rate, string expected)
    {
        Assert.Equal(expected, GstSplit.Of(100, rate)!.Rate);
    }

    [Fact]
    public void The_parts_of_a_whole_share_its_tax_to_the_cent_and_none_is_more_than_a_cent_off_its_own() => Properties.Hold(
        from amounts in Properties.Between(0, 5_000_000).ArrayOf()
        from rate in FsCheck.Fluent.Gen.Choose(0, 100_00)
        select (amounts, rate),
        value =>
        {
            var parts = GstSplit.OfParts(value.amounts, value.rate);

            Assert.Equal(GstSplit.Of(value.amounts.Sum(), value.rate)!.TaxInCents, parts.Sum(part => part.TaxInCents));
            Assert.Equal(value.amounts, parts.Select(part => part.NetInCents + part.TaxInCents));
            Assert.All(parts.Zip(value.amounts), pair =>
            {
                Assert.InRange(pair.First.TaxInCents, 0, pair.Second);
                Assert.InRange(pair.First.TaxInCents - GstSplit.TaxIn(pair.Second, value.rate), -1, 1);
            });
        });

    [Fact]
    public void The_parts_always_make_the_whole_and_the_tax_is_off_by_half_a_cent_at_most() => Properties.Hold(
        from amount in Properties.Between(0, 99_999_999)
        from rate in FsCheck.Fluent.Gen.Choose(0, 100_00)
        select (amount, rate),
        value =>
        {
            var split = GstSplit.Of(value.amount, value.rate)!;
            Assert.Equal(value.amount, split.NetInCents + split.TaxInCents);
            Assert.True(split.NetInCents >= 0 && split.TaxInCents >= 0);
            Assert.InRange(2 * ((split.TaxInCents * (100_00 + value.rate)) - (value.amount * value.rate)), -(100_00 + value.rate) + 1, 100_00 + value.rate);
        });
}
