using PaySg.Functions.Dashboard.Payments;

namespace PaySg.Functions.Tests.Dashboard.Payments;

[Trait("Category", "Rules")]
public sealed class DollarsTests
{
    [Theory]
    [InlineData("11.30", 1130)]
    [InlineData("11", 1100)]
    [InlineData("0.01", 1)]
    [InlineData("0", 0)]
    [InlineData("9999999.99", 999999999)]
    public void An_amount_is_read_to_the_cent(string text, long cents)
    {
        Assert.Equal(cents, Dollars.Parse(text));
        Assert.Equal(cents, Dollars.Parse(Dollars.Print(cents)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.5")]
    [InlineData("1.234")]
    [InlineData("1,130.50")]
    [InlineData("1.2.3")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("S$11.30")]
    [InlineData("١١")]
    [InlineData("１１.３０")]
    [InlineData("10000000")]
    public void What_is_no_amount_is_none(string text) => Assert.Null(Dollars.Parse(text));
}
