using System.Security.Cryptography;

namespace PaySg.Functions.Webhooks.Signing;

/// <summary>
/// The headers that prove where a webhook comes from: PaySG's own (guide, page "Best practices") and those of Standard Webhooks 1.0.0.
/// Each attempt has its own timestamp and signature.
/// </summary>
internal static class WebhookSignatures
{
    /// <summary><c>t={Unix ms},v1={hex HMAC-SHA256 of "t.body"}</c>, keyed by the whole secret text; one <c>v1=</c> for each valid secret.</summary>
    public const string PaySgHeader = "PaySG-Signature";

    private const string SecretPrefix = "whsec_";

    /// <summary>The headers for one attempt.</summary>
    /// <param name="secrets">The endpoint's valid secrets, <c>whsec_…</c>: one, or two while it is being rotated.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="body">The exact bytes that are sent.</param>
    /// <param name="now">When the attempt is made.</param>
    public static IReadOnlyDictionary<string, string> HeadersFor(
        IReadOnlyList<string> secrets, string eventId, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var paySg = new StringBuilder("t=").Append(milliseconds);
        var standard = new List<string>();
        foreach (var secret in secrets)
        {
            paySg.Append(",v1=").Append(Convert.ToHexStringLower(Hmac(Encoding.UTF8.GetBytes(secret), $"{milliseconds}.", body)));
            standard.Add("v1," + Convert.ToBase64String(Hmac(Convert.FromBase64String(secret[SecretPrefix.Length..]), $"{eventId}.{seconds}.", body)));
        }

        if (standard is [_, _, ..])
        {
            // The library for .NET (StandardWebhooks 1.1.2) never tries the last of several signatures: so that one stands there twice.
            standard.Add(standard[^1]);
        }

        return new Dictionary<string, string>
        {
            [PaySgHeader] = paySg.ToString(),
            ["webhook-id"] = eventId,
            ["webhook-timestamp"] = seconds,
            ["webhook-signature"] = string.Join(' ', standard),
        };
    }

    private static byte[] Hmac(byte[] key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
