using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class QrCodePngTests
{
    [Theory]
    [InlineData("https://pay.agency.gov.sg/payments/-0Ab_xyz0123456789abc")]
    [InlineData("x")]
    public void The_image_is_the_qr_code_of_the_text(string text)
    {
        var image = PngImage.Read(QrCodePng.Of(text));

        Assert.Equal(PngImage.QrCodeOf(text), image.Modules());
        Assert.NotEqual(PngImage.QrCodeOf(text + "!"), image.Modules());
    }

    [Theory]
    [InlineData("https://pay.agency.gov.sg/payments/-0Ab_xyz0123456789abc")]
    [InlineData("x")]
    public void A_scanner_reads_the_text(string text) => Assert.Equal(text, PngImage.Read(QrCodePng.Of(text)).Scanned());

    [Theory]
    [InlineData("Café Ñandú")]
    [InlineData("卫生部")]
    [InlineData("Ministry of Very Long Names and Longer Titles")]
    public void A_scanner_reads_a_PayNow_code(string name)
    {
        var text = PayNowQr.Of(PayNowQr.SandboxUen, name, 99_999_999, "-abcdefcode0123456789", new DateTimeOffset(2026, 1, 15, 17, 4, 5, TimeSpan.Zero));

        Assert.Equal(text, PngImage.Read(QrCodePng.Of(text)).Scanned());
    }

    [Fact]
    public void The_same_text_gives_the_same_image() => Assert.Equal(QrCodePng.Of("x"), QrCodePng.Of("x"));
}
