using PaySg.Functions.Pages;

namespace PaySg.Functions.Tests.Pages;

[Trait("Category", "Rules")]
public sealed class CardExpiryTests
{
    [Theory]
    [InlineData("12/30")]
    [InlineData("12 / 30")]
    [InlineData(" 12 /30 ")]
    [InlineData("1230")]
    [InlineData("12-30")]
    [InlineData("12 - 30")]
    [InlineData("12–30")]
    [InlineData("12.30")]
    [InlineData("12 30")]
    [InlineData("12\u00A030")]
    [InlineData("12/2030")]
    [InlineData("12 / 2030")]
    [InlineData("122030")]
    [InlineData("2030-12")]
    [InlineData("2030/12")]
    [InlineData("2030 - 12")]
    [InlineData("203012")]
    public void A_month_is_read_however_it_is_written(string text) => Assert.Equal(new CardExpiry(2030, 12), CardExpiry.Parse(text));

    [Theory]
    [InlineData("9/30", 2030, 9)]
    [InlineData("09/30", 2030, 9)]
    [InlineData("9-2030", 2030, 9)]
    [InlineData("0930", 2030, 9)]
    [InlineData("01/00", 2000, 1)]
    [InlineData("012030", 2030, 1)]
    [InlineData("12/1999", 1999, 12)]
    [InlineData("12/9999", 9999, 12)]
    [InlineData("12/2020", 2020, 12)]
    [InlineData("2020-01", 2020, 1)]
    [InlineData("1220", 2020, 12)]
    public void Two_digits_of_a_year_are_of_this_century(string text, int year, int month) => Assert.Equal(new CardExpiry(year, month), CardExpiry.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("/")]
    [InlineData("12")]
    [InlineData("12/")]
    [InlineData("12/3")]
    [InlineData("123")]
    [InlineData("930")]
    [InlineData("12/303")]
    [InlineData("12/30/01")]
    [InlineData("12//30")]
    [InlineData("00/30")]
    [InlineData("13/30")]
    [InlineData("1330")]
    [InlineData("2030")]
    [InlineData("2030-13")]
    [InlineData("2030-1")]
    [InlineData("1930-12")]
    [InlineData("201230")]
    [InlineData("30-12")]
    [InlineData("+9/30")]
    [InlineData("-9/30")]
    [InlineData("12/-30")]
    [InlineData("１２/３０")]
    [InlineData("१२/३०")]
    [InlineData("12/30x")]
    [InlineData("Dec 2030")]
    public void What_is_no_month_is_not_read(string text) => Assert.Null(CardExpiry.Parse(text));

    [Theory]
    [InlineData("2026-01-31T15:59:59Z", 0)]
    [InlineData("2026-01-31T16:00:00Z", -1)]
    [InlineData("2025-12-31T15:59:59Z", 1)]
    [InlineData("2006-01-15T00:00:00Z", 240)]
    public void Months_are_those_of_Singapore(string now, int left) =>
        Assert.Equal(left, new CardExpiry(2026, 1).MonthsLeftAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}
