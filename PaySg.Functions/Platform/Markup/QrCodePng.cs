using QRCoder;

namespace PaySg.Functions.Platform.Markup;

internal static class QrCodePng
{
    private const int PixelsPerModule = 10;

    /// <summary>A black and white PNG image of a QR code that holds the text, with the quiet zone around it.</summary>
    public static byte[] Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var image = new PngByteQRCode(code);
        return image.GetGraphic(PixelsPerModule);
    }
}
