using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PaySg.Functions.Platform.Json;

namespace PaySg.LocalHost.Demo;

/// <summary>Verifies webhook signatures as a receiver does: written from the documentation, apart from the code that signs.</summary>
internal static class SignatureCheck
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JsonStringifyEncoder.Instance };

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

    /// <summary>Whether the webhook is one of the Singapay API.</summary>
    public static bool IsSingapay(ReceivedWebhook webhook) => webhook.Headers.ContainsKey("x-signature");

    /// <summary>
    /// Whether <c>X-Signature</c> is the HMAC-SHA512 of <c>POST:path:token:digest:timestamp</c> under the client secret, where the digest is that of the body
    /// with its names sorted.
    /// </summary>
    public static bool Singapay(ReceivedWebhook webhook, string clientSecret)
    {
        if (webhook.Json is null)
            return false;

        JsonNode? body;
        try
        {
            body = Sorted(JsonNode.Parse(webhook.Body));
        }
        catch (ArgumentException)
        {
            // A name that is there twice: nothing of ours has that.
            return false;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body?.ToJsonString(Plain) ?? "null")));
        var token = Header(webhook, "authorization").Split(' ')[^1];
        var signed = $"POST:{webhook.PathAndQuery}:{token}:{digest}:{Header(webhook, "x-timestamp")}";
        var expected = HMACSHA512.HashData(Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(signed));
        return SameText(Header(webhook, "x-signature"), Convert.ToHexStringLower(expected));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static byte[] Hmac(byte[] key, string prefix, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(prefix), .. body];
        return HMACSHA256.HashData(key, signed);
    }

    private static string Header(ReceivedWebhook webhook, string name) => webhook.Headers.GetValueOrDefault(name, "");

    private static bool SameText(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
