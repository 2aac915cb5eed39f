using PaySg.Functions.Languages;

namespace PaySg.Functions.Tests.Languages;

public sealed class TextsTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "Rp 0")]
    [InlineData(999, "Rp 999")]
    [InlineData(20_000, "Rp 20.000")]
    [InlineData(1_234_567, "Rp 1.234.567")]
    [InlineData(999_999_999_999, "Rp 999.999.999.999")]
    [InlineData(-5_000, "−Rp 5.000")]
    public void Rupiah_are_grouped_as_in_Indonesia(long rupiah, string expected) => Assert.Equal(expected, Texts.Rupiah(rupiah));

    [Fact]
    public void Times_of_links_are_those_of_Jakarta() => Assert.Equal("1 Jan 2027, 06:59 (Jakarta time)", Texts.English.JakartaTime(NewYear));

    [Fact]
    public void Times_of_payments_are_those_of_Singapore() => Assert.Equal("1 Jan 2027, 07:59 (Singapore time)", Texts.English.SingaporeTime(NewYear));
}
