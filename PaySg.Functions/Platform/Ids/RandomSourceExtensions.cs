namespace PaySg.Functions.Platform.Ids;

/// <summary>Shapes of randomness that the product needs.</summary>
internal static class RandomSourceExtensions
{
    /// <summary>Unpredictable bytes.</summary>
    public static byte[] Bytes(this IRandomSource random, int count)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }

    /// <summary>A number from 0 (inclusive) to 1 (exclusive).</summary>
    public static double NextDouble(this IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[8];
        random.Fill(bytes);
        return (BitConverter.ToUInt64(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A random UUID (RFC 9562, version 4).</summary>
    public static Guid NewUuid(this IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        return Uuid(bytes, version: 4);
    }

    /// <summary>A UUID that sorts by time (RFC 9562, version 7): 48 bits of Unix milliseconds, 74 random bits.</summary>
    public static Guid NewTimeOrderedUuid(this IRandomSource random, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));

        return Uuid(bytes, version: 7);
    }

    private static Guid Uuid(Span<byte> bytes, int version)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
