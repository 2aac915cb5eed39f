namespace PaySg.Functions.Access.Tokens;

/// <summary>What the header <c>Authorization: Basic</c> holds (RFC 7617).</summary>
/// <param name="ClientId">The user-id: what stands before the first colon.</param>
/// <param name="ClientSecret">The password.</param>
internal sealed record BasicCredentials(string ClientId, string ClientSecret)
{
    private const string Scheme = "Basic ";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the header; null where it holds no such thing.</summary>
    public static BasicCredentials? Parse(string? header)
    {
        if (header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return null;

        var encoded = header[Scheme.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || !TryDecode(bytes.AsSpan(0, length), out var text))
            return null;

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
