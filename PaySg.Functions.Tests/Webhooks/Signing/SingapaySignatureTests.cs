using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Webhooks.Signing;

namespace PaySg.Functions.Tests.Webhooks.Signing;

[Trait("Category", "Rules")]
public sealed class SingapaySignatureTests
{
    private const string Secret = "client-secret-1";
    private const string Endpoint = "/webhooks/singapay?src=pl";
    private const string Token = "a1b2c3d4e5f6g7h8";
    private const string Timestamp = "1766734245";
    private const string Expected = "a52652a02210a4103349bf569fbad101af341f776148e391cb7ac85824f0c5fab8ae94372e74f3bbfc0e4f5c0f0b4ae6712df10cace578643ae2ef81a6dde588";

    // The body that two public verifiers accept under the signature above.
    private const string Normalized =
        """{"data":{"customer":{"email":"siti@example.com","id":null,"name":"Siti Café","phone":"081234567890"},"payment":{"additional_info":{"payment_link":{"account_id":35,"current_usage":3,"expired_at":null,"id":189,"max_usage":20,"payment_url":"https://example.com/b2b/INV-1001","reff_no":"INV-1001","status":"open","title":"Invoice","total_amount":"10000.00"}},"method":"payment_link"},"transaction":{"amount":{"currency":"IDR","value":"10000.00"},"post_timestamp":"26 Dec 2025 14:30:45","processed_timestamp":"26 Dec 2025 14:30:45","reff_no":"18917720251110094037705","status":"paid","tip":null,"type":"pl"}},"event":"payment-link-transaction","status":200,"success":true,"timestamp":"26 Dec 2025 14:30:45"}""";

    // The same as a sender may write it: in the order of the documentation, with escapes and white space.
    private const string AsSent =
        """
        {"status":200,"success":true,"event":"payment-link-transaction","timestamp":"26 Dec 2025 14:30:45",
         "data":{"transaction":{"reff_no":"18917720251110094037705","type":"pl","status":"paid",
          "amount":{"value":"10000.00","currency":"IDR"},"tip":null,"post_timestamp":"26 Dec 2025 14:30:45","processed_timestamp":"26 Dec 2025 14:30:45"},
          "customer":{"id":null,"name":"Siti Caf\u00e9","email":"siti@example.com","phone":"081234567890"},
          "payment":{"method":"payment_link","additional_info":{"payment_link":{"id":189,"reff_no":"INV-1001","title":"Invoice",
           "payment_url":"https:\/\/example.com\/b2b\/INV-1001","status":"open","max_usage":20,"current_usage":3,"expired_at":null,"total_amount":"10000.00","account_id":35}}}}}
        """;

    [Theory]
    [InlineData(Normalized)]
    [InlineData(AsSent)]
    public void The_signature_is_the_one_that_public_verifiers_accept(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(Normalized, Encoding.UTF8.GetString(SingapaySignature.Normalize(bytes)));
        Assert.Equal(
            "58af12c5dba6e3f5c5ac07d6601b30d782068afbb727191e2eab5c0b5f149c7f", Convert.ToHexStringLower(SHA256.HashData(SingapaySignature.Normalize(bytes))));
        Assert.Equal(Expected, SingapaySignature.Of(Secret, Endpoint, Token, bytes, Timestamp));
    }

    [Theory]
    [InlineData("client-secret-2", Endpoint, Token, Timestamp)]
    [InlineData(Secret, "/webhooks/singapay", Token, Timestamp)]
    [InlineData(Secret, Endpoint, "A1b2c3d4e5f6g7h8", Timestamp)]
    [InlineData(Secret, Endpoint, Token, "1766734246")]
    public void Each_part_counts(string secret, string endpoint, string token, string timestamp) =>
        Assert.NotEqual(Expected, SingapaySignature.Of(secret, endpoint, token, Encoding.UTF8.GetBytes(Normalized), timestamp));

    [Fact]
    public void The_body_counts() => Assert.NotEqual(
        Expected, SingapaySignature.Of(Secret, Endpoint, Token, Encoding.UTF8.GetBytes(Normalized.Replace("10000.00", "20000.00", StringComparison.Ordinal)), Timestamp));

    [Theory]
    [InlineData("""{ "b" : [ 3 , {"z":1,"a":[]} , null ] , "a" : true }""", """{"a":true,"b":[3,{"a":[],"z":1},null]}""")]
    [InlineData("""{"a/b":"x\/y\u00e9\ud83d\ude00\u0001\n"}""", """{"a/b":"x/yé😀\u0001\n"}""")]
    [InlineData("""{"B":1,"a":2,"A":3,"aa":4,"1":5,"10":6,"2":7}""", """{"1":5,"10":6,"2":7,"A":3,"B":1,"a":2,"aa":4}""")]
    [InlineData("""{"\ud83d\ude00":1,"\uffee":2}""", """{"￮":2,"😀":1}""")]
    [InlineData("""[1.50,-0,1e3,10000000000000000000000]""", """[1.50,-0,1e3,10000000000000000000000]""")]
    [InlineData("\"text\"", "\"text\"")]
    public void Names_are_sorted_by_their_bytes_and_nothing_else_changes(string body, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(SingapaySignature.Normalize(Encoding.UTF8.GetBytes(body))));
}
