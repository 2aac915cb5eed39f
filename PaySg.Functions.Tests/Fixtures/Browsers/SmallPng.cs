using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Makes a browser's screenshot small: at most 256 colours, the most frequent ones, compressed as well as can be. Pages have few colours.</summary>
internal static class SmallPng
{
    private const int Colors = 256;
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1))];

    /// <summary>The same picture, smaller.</summary>
    /// <param name="png">A PNG image of 8-bit red, green and blue, not interlaced: what Chromium makes.</param>
    public static byte[] Of(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var palette = pixels.CountBy(pixel => pixel).OrderByDescending(color => color.Value).Take(Colors).Select(color => color.Key).ToArray();
        var indexes = palette.Select((color, index) => (color, index)).ToDictionary(entry => entry.color, entry => (byte)entry.index);
        using var raw = new MemoryStream();
        using (var compressed = new ZLibStream(raw, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                compressed.WriteByte(0);
                for (var x = 0; x < width; x++)
                {
                    var pixel = pixels[(y * width) + x];
                    if (!indexes.TryGetValue(pixel, out var index))
                        indexes[pixel] = index = Nearest(palette, pixel);
                    compressed.WriteByte(index);
                }
            }
        }

        using var small = new MemoryStream();
        small.Write(png.AsSpan(0, 8));
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        Write(small, "IHDR", header);
        Write(small, "PLTE", [.. palette.SelectMany(color => new[] { color.R, color.G, color.B })]);
        Write(small, "IDAT", raw.ToArray());
        Write(small, "IEND", []);
        return small.ToArray();
    }

    private static byte Nearest((byte R, byte G, byte B)[] palette, (byte R, byte G, byte B) pixel) => (byte)Array.IndexOf(palette, palette.MinBy(color =>
        ((color.R - pixel.R) * (color.R - pixel.R)) + ((color.G - pixel.G) * (color.G - pixel.G)) + ((color.B - pixel.B) * (color.B - pixel.B))));

    private static (int Width, int Height, (byte R, byte G, byte B)[] Pixels) Read(byte[] png)
    {
        var width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        var height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal((8, 2, 0), (png[24], png[25], png[28]));
        using var compressed = new MemoryStream();
        for (var at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
        {
            if (Encoding.ASCII.GetString(png, at + 4, 4) == "IDAT")
                compressed.Write(png.AsSpan(at + 8, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at))));
        }

        compressed.Position = 0;
        using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
        var pixels = new (byte, byte, byte)[width * height];
        var above = new byte[width * 3];
        var line = new byte[width * 3];
        for (var y = 0; y < height; y++)
        {
            var filter = lines.ReadByte();
            lines.ReadExactly(line);
            for (var i = 0; i < line.Length; i++)
            {
                var (left, up, corner) = (i < 3 ? 0 : line[i - 3], above[i], i < 3 ? 0 : above[i - 3]);
                line[i] += (byte)(filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                });
            }

            for (var x = 0; x < width; x++)
                pixels[(y * width) + x] = (line[x * 3], line[(x * 3) + 1], line[(x * 3) + 2]);
            (above, line) = (line, above);
        }

        return (width, height, pixels);
    }

    /// <summary>Of three neighbours the one that is nearest to left + up − corner (PNG specification, filter type 4).</summary>
    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    /// <summary>Writes a chunk with its checksum.</summary>
    internal static void Write(MemoryStream target, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        target.Write(number);
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        target.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~typed.Aggregate(uint.MaxValue, (crc, value) => CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8)));
        target.Write(number);
    }
}
