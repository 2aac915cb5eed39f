namespace PaySg.Functions.Access;

/// <summary>A named AES-256 key. Ciphertexts carry the name, so that keys can be rotated.</summary>
/// <param name="Name">Letters and digits.</param>
/// <param name="Bytes">32 bytes.</param>
internal sealed record SecretKey(string Name, byte[] Bytes)
{
    /// <summary>Reads <c>name:base64</c>; null where the text is not such a key.</summary>
    public static SecretKey? Parse(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0 || !text.AsSpan(0, colon).ToString().All(char.IsAsciiLetterOrDigit))
            return null;

        Span<byte> bytes = stackalloc byte[33];
        return Convert.TryFromBase64String(text![(colon + 1)..], bytes, out var length) && length == 32
            ? new SecretKey(text[..colon], bytes[..length].ToArray())
            : null;
    }

    /// <summary>The name only: a key never prints itself.</summary>
    public override string ToString() => Name;
}
