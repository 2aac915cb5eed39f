using PaySg.Functions.Pages;

namespace PaySg.Functions.Tests.Pages;

[Trait("Category", "Rules")]
public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData(" 4242  4242  4242  4242 ")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("4242 - 4242 - 4242 - 4242")]
    [InlineData("4242–4242‑4242—4242")]
    [InlineData("4242\u00A04242\u202F4242\t4242")]
    [InlineData("４２４２４２４２４２４２４２４２")]
    [InlineData("４２４２　４２４２－４２４２　４２４２")]
    public void A_number_is_read_with_any_blanks_and_hyphens(string text) => Assert.Equal("4242424242424242", CardNumber.Parse(text)?.Digits);

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("4242424242424241")]
    [InlineData("42424242422")]
    [InlineData("42424242424242424242")]
    [InlineData("4242.4242.4242.4242")]
    [InlineData("4242x4242x4242x4242")]
    [InlineData("४२४२४२४२४२४२४२४२")]
    public void What_is_no_number_is_not_read(string text) => Assert.Null(CardNumber.Parse(text));

    [Theory]
    [InlineData("000000000000")]
    [InlineData("0000000000000000000")]
    public void A_number_has_12_to_19_digits(string text) => Assert.Equal(text, CardNumber.Parse(text)?.Digits);

    [Theory]
    [InlineData("", true)]
    [InlineData(" - ", true)]
    [InlineData("x", false)]
    public void Blanks_and_hyphens_are_no_number(string text, bool isMissing) => Assert.Equal(isMissing, CardNumber.IsMissing(text));

    [Fact]
    public void A_number_prints_its_brand_and_never_itself()
    {
        Assert.Equal("Visa", CardNumber.Parse("4242424242424242")!.ToString());
        Assert.Equal("", CardNumber.Parse("000000000000")!.ToString());
    }
}
