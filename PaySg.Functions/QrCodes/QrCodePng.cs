using QRCoder;

namespace PaySg.Functions.QrCodes;

/// <summary>Draws QR codes.</summary>
public static class QrCodePng
{
    private const int PixelsPerModule = 8;

    /// <summary>A PNG image of the text's QR code, with the quiet zone that scanners need.</summary>
    public static byte[] Of(string text)
    {
        // Level M: 15 % of the picture may be hidden or soiled.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(PixelsPerModule);
    }
}
