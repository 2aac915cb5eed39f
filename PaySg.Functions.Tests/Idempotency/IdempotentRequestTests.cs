using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Errors;
using PaySg.Functions.Configuration;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Payments;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Tests.Idempotency;

public sealed class IdempotentRequestTests
{
    [Fact]
    public void A_request_without_the_header_is_not_keyed()
    {
        Assert.Null(IdempotentRequest.From(new DefaultHttpContext().Request, "key_1", "{}"u8));
    }

    [Fact]
    public void The_same_request_has_the_same_hash_and_fingerprint()
    {
        Assert.Equal(From("k"), From("k"));
        Assert.Matches("^[0-9a-f]{64}$", From("k")!.Hash);
        Assert.Matches("^[0-9a-f]{64}$", From("k")!.Fingerprint);
    }

    [Fact]
    public void Caller_method_path_and_key_keep_requests_apart()
    {
        var hashes = new[]
        {
            From("k"), From("K"), From("k", caller: "key_2"), From("k", method: "PATCH"), From("k", path: "/v1/b"),
            // Neither can be shifted into the other.
            From("k", caller: "key_1\nPOST"), From("/v1/a"),
        }.Select(request => request!.Hash).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.Single(new[] { From("k"), From("K"), From("k", path: "/v1/b") }.Select(request => request!.Fingerprint).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Other_parameters_change_the_fingerprint_and_not_the_hash()
    {
        Assert.Equal(From("k")!.Hash, From("k", parameters: "{\"a\":1}")!.Hash);
        Assert.NotEqual(From("k")!.Fingerprint, From("k", parameters: "{\"a\":1}")!.Fingerprint);
    }

    [Fact]
    public void A_key_of_255_characters_is_taken()
    {
        Assert.NotNull(From(new string('k', 255)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a, b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public void A_key_that_is_empty_too_long_or_holds_a_comma_is_refused(string key)
    {
        Assert.Equal("Idempotency-Key", Refused(key));
    }

    [Fact]
    public void A_repeated_header_is_refused()
    {
        Assert.Equal("Idempotency-Key", Refused(new StringValues(["a", "b"])));
        Assert.Equal("Idempotency-Key", Refused(new StringValues(["a", ""])));
    }

    [Fact]
    public void The_order_of_fields_and_the_white_space_do_not_change_a_payments_fingerprint()
    {
        var sent = Details("""{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1130,"payer_email":null}""");
        var again = Details("""{ "amount_in_cents" : 1.13e3, "description" : "\u0064", "payer_name" : "p", "reference_id" : "r", "unknown" : [] }""");
        var other = Details("""{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1131}""");

        Assert.Equal(sent, again);
        Assert.NotEqual(sent, other);
    }

    private static readonly PaySgSettings Settings = new()
    {
        Mode = PaySgMode.Test,
        PublicBaseUrl = "https://pay.agency.gov.sg",
        CurrentSecretKey = new SecretKey("k1", new byte[32]),
        CurrentTokenKey = new SecretKey("k1", new byte[32]),
    };

    private static string Details(string body) => JsonSerializer.Serialize(
        PaymentDetailsReader.Read(new RequestFields(JsonSerializer.Deserialize<JsonElement>(body)), Settings), StoredJson.Compact.PaymentDetails);

    private static IdempotentRequest? From(StringValues key, string caller = "key_1", string method = "POST", string path = "/v1/a", string parameters = "{}")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Path = path;
        request.Headers["Idempotency-Key"] = key;
        return IdempotentRequest.From(request, caller, System.Text.Encoding.UTF8.GetBytes(parameters));
    }

    private static string Refused(StringValues key)
    {
        var refusal = Assert.Throws<ApiException>(() => From(key));
        Assert.Equal((400, "invalid_parameters"), (refusal.Error.Status, refusal.Error.Code));
        return Assert.Single(refusal.Error.Fields).Field;
    }
}
