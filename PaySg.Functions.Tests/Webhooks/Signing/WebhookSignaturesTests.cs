using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Webhooks.Signing;

namespace PaySg.Functions.Tests.Webhooks.Signing;

[Trait("Category", "Rules")]
public sealed class WebhookSignaturesTests
{
    // The example that the implementations of Standard Webhooks share.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string EventId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";

    private const string OtherSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_614_265_330_123);

    [Fact]
    public void The_standard_headers_agree_with_the_known_example()
    {
        var headers = Headers([Secret], Body);

        Assert.Equal(EventId, headers["webhook-id"]);
        Assert.Equal("1614265330", headers["webhook-timestamp"]);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
    }

    [Fact]
    public void The_PaySG_header_agrees_with_a_known_example()
    {
        Assert.Equal("t=1614265330123,v1=c29b7a4feff7191ee68a473cd75189622479fda0a46ea2c702973e953c2b6f6a", Headers([Secret], Body)[WebhookSignatures.PaySgHeader]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"payer_name":"陳 😀 \u0000"}""")]
    public void Both_signatures_are_what_a_receiver_computes(string body)
    {
        var headers = Headers([OtherSecret], body);

        Assert.Equal($"t=1614265330123,v1={Hex(OtherSecret, $"1614265330123.{body}")}", headers[WebhookSignatures.PaySgHeader]);
        Assert.Equal($"v1,{Standard(OtherSecret, $"{EventId}.1614265330.{body}")}", headers["webhook-signature"]);
    }

    [Fact]
    public void Both_secrets_sign_while_the_secret_is_being_rotated()
    {
        var both = Headers([OtherSecret, Secret], Body);
        var first = Headers([OtherSecret], Body);
        var second = Headers([Secret], Body);

        Assert.Equal($"{first["webhook-signature"]} {second["webhook-signature"]} {second["webhook-signature"]}", both["webhook-signature"]);
        Assert.Equal($"{first[WebhookSignatures.PaySgHeader]},{second[WebhookSignatures.PaySgHeader].Split(',')[1]}", both[WebhookSignatures.PaySgHeader]);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_signed_as_they_are()
    {
        byte[] body = [0xFF, 0x00, 0xC3, 0x28];

        var headers = WebhookSignatures.HeadersFor([Secret], EventId, body, Now);

        byte[] signed = [.. "1614265330123."u8, .. body];
        Assert.EndsWith($",v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}", headers[WebhookSignatures.PaySgHeader], StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, string> Headers(IReadOnlyList<string> secrets, string body) =>
        WebhookSignatures.HeadersFor(secrets, EventId, Encoding.UTF8.GetBytes(body), Now);

    private static string Hex(string secret, string signed) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)));

    private static string Standard(string secret, string signed) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed)));
}
