using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using QRCoder;
using ZXing;

namespace PaySg.Functions.Tests.Platform.Markup;

/// <summary>A black and white PNG image, read back to the last pixel: enough of the format for images without filters.</summary>
internal sealed class PngImage(bool[,] black)
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The modules of the QR code of a text, one line for each row, with the quiet zone.</summary>
    public static string QrCodeOf(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return string.Join('\n', code.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(module => module ? '#' : '.'))));
    }

    public static PngImage Read(byte[] png)
    {
        Assert.Equal(Signature, png[..8]);
        var (width, height, depth) = (0, 0, 0);
        using var compressed = new MemoryStream();
        for (var offset = 8; offset < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(offset));
            var data = png.AsSpan(offset + 8, length);
            switch (Encoding.ASCII.GetString(png, offset + 4, 4))
            {
                case "IHDR":
                    (width, height, depth) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[8]);
                    break;
                case "IDAT":
                    compressed.Write(data);
                    break;
            }

            offset += length + 12;
        }

        Assert.Equal(1, depth);
        compressed.Position = 0;
        using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
        var black = new bool[height, width];
        var line = new byte[1 + ((width + 7) / 8)];
        for (var y = 0; y < height; y++)
        {
            inflated.ReadExactly(line);
            Assert.Equal(0, line[0]);
            for (var x = 0; x < width; x++)
                black[y, x] = (line[1 + (x / 8)] & (0x80 >> (x % 8))) == 0;
        }

        return new PngImage(black);
    }

    /// <summary>The text that a scanner reads, which has nothing in common with what made the image; null: it reads none.</summary>
    public string? Scanned()
    {
        var (height, width) = (black.GetLength(0), black.GetLength(1));
        var gray = black.Cast<bool>().Select(isBlack => isBlack ? byte.MinValue : byte.MaxValue).ToArray();
        var scanner = new BarcodeReaderGeneric { Options = { PossibleFormats = [BarcodeFormat.QR_CODE] } };
        return scanner.Decode(gray, width, height, RGBLuminanceSource.BitmapFormat.Gray8)?.Text;
    }

    /// <summary>The same, sampled from the middle of each module. Its size shows in the finder pattern, whose first line is seven modules long.</summary>
    public string Modules()
    {
        var size = black.GetLength(0);
        var quiet = Enumerable.Range(0, size).First(i => black[i, i]);
        var module = Enumerable.Range(quiet, size).TakeWhile(x => black[quiet, x]).Count() / 7;
        return string.Join('\n', Enumerable.Range(0, size / module).Select(row => string.Concat(
            Enumerable.Range(0, size / module).Select(column => black[(row * module) + (module / 2), (column * module) + (module / 2)] ? '#' : '.'))));
    }
}
