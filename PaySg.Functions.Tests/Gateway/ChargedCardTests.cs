using PaySg.Functions.Gateway;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class ChargedCardTests
{
    [Theory]
    [InlineData("visa", "4242", "Visa")]
    [InlineData("mastercard", "4444", "Mastercard")]
    [InlineData("amex", "0005", "American Express")]
    [InlineData("unionpay", "0005", "UnionPay")]
    [InlineData("jcb", "0505", "JCB")]
    [InlineData("diners", "0004", "Diners Club")]
    [InlineData("discover", "9424", "Discover")]
    [InlineData("eftpos_au", "0000", "Card")]
    [InlineData("brandsofatmosttwenty", "0000", "Card")]
    public void A_brand_has_the_name_that_payers_know(string brand, string lastFour, string name)
    {
        var card = ChargedCard.Of(brand, lastFour);

        Assert.Equal((brand, lastFour, name), (card!.Brand, card.LastFour, card.Name));
    }

    [Theory]
    [InlineData(null, "4242")]
    [InlineData("visa", null)]
    [InlineData("", "4242")]
    [InlineData("Visa", "4242")]
    [InlineData("<b>", "4242")]
    [InlineData("brandsofmorethantwenty", "4242")]
    [InlineData("visa", "424")]
    [InlineData("visa", "42424")]
    [InlineData("visa", "42a4")]
    [InlineData("visa", "٤٢٤٢")]
    public void What_is_no_brand_and_four_digits_is_no_card(string? brand, string? lastFour) => Assert.Null(ChargedCard.Of(brand, lastFour));
}
