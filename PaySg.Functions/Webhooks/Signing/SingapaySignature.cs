using System.Security.Cryptography;

namespace PaySg.Functions.Webhooks.Signing;

/// <summary>The signature of a Singapay webhook (its page "How to validate signature"), in the header <c>X-Signature</c>.</summary>
/// <remarks>
/// Receivers may normalise an empty object to <c>[]</c>, and print fractions in a way of their own: a body that is signed holds neither.
/// </remarks>
internal static class SingapaySignature
{
    /// <summary>The lower-case hexadecimal HMAC-SHA512, keyed by the client secret, of <c>POST:{endpoint}:{token}:{SHA-256 of the normalised body}:{timestamp}</c>.</summary>
    /// <param name="endpoint">Path and query of the receiver's URL.</param>
    /// <param name="token">The bearer token that is sent beside it.</param>
    /// <param name="body">The body that is sent.</param>
    /// <param name="timestamp">Unix seconds, as in <c>X-Timestamp</c>.</param>
    public static string Of(string secret, string endpoint, string token, ReadOnlyMemory<byte> body, string timestamp)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Normalize(body)));
        return Convert.ToHexStringLower(HMACSHA512.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"POST:{endpoint}:{token}:{digest}:{timestamp}")));
    }

    /// <summary>The body as both sides hash it: names sorted by their bytes at every level, compact, slashes and text beyond ASCII as they are.</summary>
    public static byte[] Normalize(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return JsonText.Write(json => CompactJson.Write(json, document.RootElement, ByBytes.Instance));
    }

    /// <summary>As PHP's <c>ksort</c> and Python's <c>sort_keys</c> do: UTF-16, which .NET compares by, has another order beyond U+FFFF.</summary>
    private sealed class ByBytes : IComparer<string>
    {
        public static readonly ByBytes Instance = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
