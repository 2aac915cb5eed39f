using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PaySg.LocalHost.Demo;

/// <summary>Verifies webhook signatures as a receiver does: written from the documentation, apart from the code that signs.</summary>
internal static class SignatureCheck
{
    /// <summary>Whether one <c>v1=</c> of <c>PaySG-Signature: t=…,v1=…</c> is the HMAC-SHA256 of <c>t.body</c> under the secret's text.</summary>
    public static bool PaySg(ReceivedWebhook webhook, string secret)
    {
        var parts = Header(webhook, "paysg-signature").Split(',', StringSplitOptions.TrimEntries);
        var time = parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        var expected = Hmac(Encoding.UTF8.GetBytes(secret), time + ".", webhook.Body);
        return parts.Where(part => part.StartsWith("v1=", StringComparison.Ordinal))
            .Any(part => SameText(part[3..], Convert.ToHexStringLower(expected)));
    }

    /// <summary>Whether one signature of <c>webhook-signature: v1,… v1,…</c> is that of <c>id.timestamp.body</c> under the secret's bytes.</summary>
    public static bool StandardWebhooks(ReceivedWebhook webhook, string secret)
    {
        var key = new byte[secret.Length];
        if (!secret.StartsWith("whsec_", StringComparison.Ordinal) || !Convert.TryFromBase64String(secret["whsec_".Length..], key, out var length))
            return false;
        var signed = string.Create(CultureInfo.InvariantCulture, $"{Header(webhook, "webhook-id")}.{Header(webhook, "webhook-timestamp")}.");
        var expected = Hmac(key[..length], signed, webhook.Body);
        return Header(webhook, "webhook-signature").Split(' ')
            .Any(part => SameText(part, "v1," + Convert.ToBase64String(expected)));
    }

    private static byte[] Hmac(byte[] key, string prefix, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(prefix), .. body];
        return HMACSHA256.HashData(key, signed);
    }

    private static string Header(ReceivedWebhook webhook, string name) => webhook.Headers.GetValueOrDefault(name, "");

    private static bool SameText(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
