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

    [Fact]
    public void The_same_text_gives_the_same_image() => Assert.Equal(QrCodePng.Of("x"), QrCodePng.Of("x"));
}
