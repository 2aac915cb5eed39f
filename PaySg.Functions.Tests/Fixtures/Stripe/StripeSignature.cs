using System.Security.Cryptography;
using System.Text;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The header <c>Stripe-Signature</c>.</summary>
internal static class StripeSignature
{
    /// <summary>Of a body and one or more secrets: while one is being rolled, Stripe signs with both.</summary>
    public static string Of(string body, DateTimeOffset time, params ReadOnlySpan<string> secrets)
    {
        var header = new StringBuilder($"t={time.ToUnixTimeSeconds()}");
        foreach (var secret in secrets)
        {
            var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time.ToUnixTimeSeconds()}.{body}"));
            header.Append(",v1=").Append(Convert.ToHexStringLower(signed));
        }

        return header.ToString();
    }
}
