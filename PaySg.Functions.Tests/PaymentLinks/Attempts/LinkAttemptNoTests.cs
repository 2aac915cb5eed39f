using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks.Attempts;

public sealed class LinkAttemptNoTests
{
    [Fact]
    public void A_number_is_the_time_in_Jakarta_the_ids_random_part_and_chance()
    {
        var id = PaymentLinkId.Of(DateTimeOffset.Parse("2025-10-24T06:44:39.474Z"), 4095)!.Value;

        Assert.Equal("20251024134439474" + "4095" + "00000000000", LinkAttemptNo.New(id, FixedRandom.Lowest));
    }

    [Fact]
    public void A_number_leads_to_its_id() => Properties.Hold(
        Properties.Between(0, PaymentLinkId.Max),
        id =>
        {
            var number = LinkAttemptNo.New(id, new SystemRandomSource());
            Assert.Equal(LinkAttemptNo.Length, number.Length);
            Assert.All(number, digit => Assert.True(char.IsAsciiDigit(digit)));
            Assert.Equal(id, LinkAttemptNo.IdOf(number));
        });

    [Fact]
    public void Numbers_of_one_id_differ()
    {
        Assert.NotEqual(LinkAttemptNo.New(7, new SystemRandomSource()), LinkAttemptNo.New(7, new SystemRandomSource()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("att_0197")]
    [InlineData("2025102413443947440950000000000")]
    [InlineData("202510241344394744095000000000000")]
    [InlineData("2025102413443947440950000000000x")]
    [InlineData("20251324134439474409500000000000")]
    [InlineData("20251024134439474409600000000000")]
    [InlineData("20241024134439474409500000000000")]
    [InlineData("20250101065959999409500000000000")]
    [InlineData("00010101000000000000000000000000")]
    [InlineData("99991231235959999000000000000000")]
    public void What_is_no_number_leads_nowhere(string? text) => Assert.Null(LinkAttemptNo.IdOf(text));
}
