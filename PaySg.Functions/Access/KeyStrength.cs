using System.Buffers;

namespace PaySg.Functions.Access;

/// <summary>Tells whether a key may be what it should be: 32 or more random bytes.</summary>
internal static class KeyStrength
{
    /// <summary>How many bytes a key has at least.</summary>
    public const int MinLength = 32;

    // 32 random bytes hold fewer than 16 different values once in 10^13 keys; repeated or typed patterns do so always.
    private const int MinDifferent = 16;

    /// <summary>The bytes of a text in hexadecimal or in base64; null: it is neither, or it was cut off.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Any(char.IsWhiteSpace))
        {
            // Base64 would be read all the same, but no header that is to hold the key can.
            return null;
        }

        if (text.All(char.IsAsciiHexDigit))
        {
            // Half of all hexadecimal texts are base64 as well, and hold more bytes that way than anybody meant.
            var bytes = new byte[text.Length / 2];
            return Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
        }

        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
    }

    /// <summary>What is wrong with the bytes of a key; null: nothing that can be seen.</summary>
    public static string? WeaknessOf(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinLength)
            return $"holds {key.Length} bytes, and {MinLength} are needed. Was it cut off?";

        var different = new HashSet<byte>();
        var isText = true;
        foreach (var value in key)
        {
            different.Add(value);
            isText &= value is >= (byte)' ' and <= (byte)'~' or (byte)'\n' or (byte)'\r' or (byte)'\t';
        }

        return different is { Count: < MinDifferent } ? "repeats itself, so it is not random."
            : isText ? "holds words or digits, not random bytes."
            : null;
    }
}
