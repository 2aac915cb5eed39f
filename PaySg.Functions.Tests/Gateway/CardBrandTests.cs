using PaySg.Functions.Gateway;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class CardBrandTests
{
    [Theory]
    [InlineData("4", "visa")]
    [InlineData("4242424242424242", "visa")]
    [InlineData("51", "mastercard")]
    [InlineData("55", "mastercard")]
    [InlineData("2221", "mastercard")]
    [InlineData("2229", "mastercard")]
    [InlineData("2230", "mastercard")]
    [InlineData("2300", "mastercard")]
    [InlineData("2699", "mastercard")]
    [InlineData("2700", "mastercard")]
    [InlineData("2719", "mastercard")]
    [InlineData("2720", "mastercard")]
    [InlineData("34", "amex")]
    [InlineData("37", "amex")]
    [InlineData("62", "unionpay")]
    [InlineData("3528", "jcb")]
    [InlineData("3589", "jcb")]
    [InlineData("300", "diners")]
    [InlineData("305", "diners")]
    [InlineData("36", "diners")]
    [InlineData("38", "diners")]
    [InlineData("39", "diners")]
    [InlineData("6011", "discover")]
    [InlineData("644", "discover")]
    [InlineData("649", "discover")]
    [InlineData("65", "discover")]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("50", null)]
    [InlineData("56", null)]
    [InlineData("2", null)]
    [InlineData("2220", null)]
    [InlineData("2721", null)]
    [InlineData("3", null)]
    [InlineData("306", null)]
    [InlineData("3527", null)]
    [InlineData("3590", null)]
    [InlineData("6012", null)]
    [InlineData("643", null)]
    [InlineData("9", null)]
    public void A_number_says_its_brand_by_its_first_digits(string digits, string? code) => Assert.Equal(code, CardBrand.OfNumber(digits)?.Code);

    [Fact]
    public void No_number_is_that_of_two_brands()
    {
        for (var start = 0; start < 10_000; start++)
        {
            var digits = start.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(CardBrand.All.Count(brand => System.Text.RegularExpressions.Regex.IsMatch(digits, brand.Numbers, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))), 0, 1);
        }
    }

    [Fact]
    public void Only_American_Express_has_four_digits_of_security_code()
    {
        Assert.All(CardBrand.All, brand => Assert.Equal(brand.Code == "amex" ? 4 : 3, brand.CodeDigits));
    }

    [Theory]
    [InlineData("visa", "Visa")]
    [InlineData("amex", "American Express")]
    [InlineData("diners", "Diners Club")]
    public void A_brand_has_a_name(string code, string name) => Assert.Equal(name, CardBrand.Find(code)?.Name);

    [Fact]
    public void A_brand_that_is_not_known_is_none() => Assert.Null(CardBrand.Find("girocard"));
}
