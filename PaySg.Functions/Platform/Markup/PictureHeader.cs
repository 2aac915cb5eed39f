using System.Buffers.Binary;

namespace PaySg.Functions.Platform.Markup;

/// <summary>What a picture says of itself in its first bytes. Nothing is decoded.</summary>
/// <param name="Kind">Its format.</param>
/// <param name="Width">In pixels, as it claims.</param>
/// <param name="Height">In pixels, as it claims.</param>
internal sealed record PictureHeader(PictureKind Kind, int Width, int Height)
{
    private const int RiffLength = 12;
    private const int Low14Bits = 0x3FFF;

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    private static ReadOnlySpan<byte> PngEnd => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <summary>Reads a PNG (W3C, "PNG Specification"), a JPEG (ITU-T T.81, annex B) or a WebP (RFC 9649). Null: it is none, or not whole.</summary>
    public static PictureHeader? Read(ReadOnlySpan<byte> picture)
    {
        if (picture.StartsWith(PngStart) && picture.EndsWith(PngEnd) && picture.Length >= PngStart.Length + 8 + PngEnd.Length)
            return Of(PictureKind.Png, BinaryPrimitives.ReadUInt32BigEndian(picture[16..]), BinaryPrimitives.ReadUInt32BigEndian(picture[20..]));

        if (picture.StartsWith(JpegStart) && picture.EndsWith(JpegEnd))
            return ReadJpeg(picture[2..]);

        return picture.StartsWith("RIFF"u8) && picture.Length > RiffLength && picture[8..].StartsWith("WEBP"u8) && IsWholeRiff(picture)
            ? ReadWebP(picture[RiffLength..])
            : null;
    }

    /// <summary>Goes from segment to segment until a frame begins, which says how large it is.</summary>
    private static PictureHeader? ReadJpeg(ReadOnlySpan<byte> segments)
    {
        while (segments.Length >= 9 && segments[0] == 0xFF)
        {
            var marker = segments[1];
            if (marker == 0xFF)
            {
                // A marker may have any number of these before it.
                segments = segments[1..];
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Of(PictureKind.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(segments[7..]), BinaryPrimitives.ReadUInt16BigEndian(segments[5..]));

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(segments[2..]);
            if (length < 4 || length > segments.Length)
                return null;

            segments = segments[length..];
        }

        return null;
    }

    /// <summary>The length in a RIFF header counts what comes behind it; a chunk of odd length has a byte more.</summary>
    private static bool IsWholeRiff(ReadOnlySpan<byte> picture) => BinaryPrimitives.ReadUInt32LittleEndian(picture[4..]) + 8L == picture.Length;

    private static PictureHeader? ReadWebP(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 18)
            return null;

        var data = chunk[8..];
        if (chunk.StartsWith("VP8X"u8))
            return Of(PictureKind.WebP, 1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) & 0xFFFFFF), 1 + (BinaryPrimitives.ReadUInt32LittleEndian(data[6..]) >> 8));

        if (chunk.StartsWith("VP8L"u8) && data[0] == 0x2F)
        {
            var sizes = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return Of(PictureKind.WebP, 1 + (sizes & Low14Bits), 1 + ((sizes >> 14) & Low14Bits));
        }

        // Three bytes of the frame's tag, and three that every key frame begins with (RFC 6386, section 9.1).
        return chunk.StartsWith("VP8 "u8) && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? Of(PictureKind.WebP, (uint)(BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & Low14Bits), (uint)(BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & Low14Bits))
            : null;
    }

    private static PictureHeader? Of(PictureKind kind, uint width, uint height) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? new PictureHeader(kind, (int)width, (int)height) : null;
}
