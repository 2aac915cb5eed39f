using System.Text.Json;
using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Tests.Platform.Json;

[Trait("Category", "Rules")]
public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("1130", 0, "1130")]
    [InlineData("11", 2, "1100")]
    [InlineData("11.30", 2, "1130")]
    [InlineData("11.3", 2, "1130")]
    [InlineData("-11.30", 2, "-1130")]
    [InlineData("0.01", 2, "1")]
    [InlineData("0.00", 0, "0")]
    [InlineData("-0", 2, "0")]
    [InlineData("1.13E+1", 2, "1130")]
    [InlineData("113000e-2", 0, "1130")]
    [InlineData("99999999999999999999999999", 0, "99999999999999999999999999")]
    [InlineData("1e26", 0, "100000000000000000000000000")]
    [InlineData("1e24", 2, "100000000000000000000000000")]
    public void A_number_is_read_digit_by_digit(string number, int shift, string expected)
    {
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), ExactNumber.WholeOf(number, shift));
        Assert.Equal(ExactNumber.WholeOf(number, shift), ExactNumber.WholeOf(JsonElement.Parse(number), shift));
    }

    [Theory]
    [InlineData("0.5", 0)]
    [InlineData("11.305", 2)]
    [InlineData("1e-1", 0)]
    [InlineData("1e-9223372036854775808", 0)]
    [InlineData("1e-99999999999999999999", 2)]
    public void A_fraction_is_no_whole_number(string number, int shift) => Assert.Null(ExactNumber.WholeOf(number, shift));

    [Theory]
    [InlineData("1e27")]
    [InlineData("1e9223372036854775807")]
    [InlineData("1e+99999999999999999999")]
    [InlineData("1000000000000000000000000000")]
    public void What_is_larger_than_any_bound_is_huge_on_either_side(string number)
    {
        Assert.Equal(ExactNumber.Huge, ExactNumber.WholeOf(number));
        Assert.Equal(-ExactNumber.Huge, ExactNumber.WholeOf("-" + number));
    }

    [Theory]
    [InlineData("\"1130\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void Only_a_number_is_one(string json) => Assert.Null(ExactNumber.WholeOf(JsonElement.Parse(json)));
}
