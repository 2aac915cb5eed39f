using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class AsciiFoldTests
{
    [Theory]
    [InlineData("Café", "Cafe")]
    [InlineData("Cafe\u0301", "Cafe")]
    [InlineData("CAFÉ", "CAFE")]
    [InlineData("Müller Straße", "Muller Strasse")]
    [InlineData("Señor Ñandú", "Senor Nandu")]
    [InlineData("Łódź", "Lodz")]
    [InlineData("Đặng Thị Phở", "Dang Thi Pho")]
    [InlineData("Ærøskøbing", "AEroskobing")]
    [InlineData("Þór Ðóra", "Thor Dora")]
    [InlineData("İstanbul ılık", "Istanbul ilik")]
    [InlineData("ＦＵＬＬ ｗｉｄｔｈ １２", "FULL width 12")]
    [InlineData("ﬁne ﬂat", "fine flat")]
    [InlineData("a\u0308\u0323o\u0302", "ao")]
    [InlineData("Smith’s “Bakery” – No. 1", "Smith's \"Bakery\" - No. 1")]
    [InlineData("No\u00A01\u20022\t3\r\n4", "No 1 2 3 4")]
    [InlineData("  Café  Royal  ", "Cafe Royal")]
    [InlineData("Wait…", "Wait...")]
    [InlineData("Shop 😀 Here", "Shop Here")]
    [InlineData("卫生部 MOH", "MOH")]
    [InlineData("MOH 卫生部", "MOH")]
    [InlineData("卫生部", "")]
    [InlineData("சுகாதார", "")]
    [InlineData("وزارة الصحة", "")]
    [InlineData("😀", "")]
    [InlineData("\u0301", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("Plain ASCII ~!@#", "Plain ASCII ~!@#")]
    public void A_text_becomes_ASCII_and_loses_no_letter_that_has_a_counterpart(string? text, string expected) => Assert.Equal(expected, AsciiFold.Of(text));

    [Fact]
    public void Half_a_pair_is_left_out() => Assert.Equal("ab", AsciiFold.Of("a\uD83Db"));

    [Fact]
    public void Every_letter_of_the_Latin_blocks_of_Europe_and_Vietnam_has_a_counterpart()
    {
        // Latin-1 Supplement, Latin Extended-A, and of Latin Extended Additional all but letters of medieval manuscripts.
        var letters = Enumerable.Range(0x00C0, 0xC0).Concat(Enumerable.Range(0x1E00, 0x9C)).Concat(Enumerable.Range(0x1EA0, 0x5A)).Select(code => (char)code).Where(char.IsLetter);

        Assert.DoesNotContain(letters, letter => AsciiFold.Of(letter.ToString()).Length == 0);
    }
}
