using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Tests.Platform.Idempotency;

[Trait("Category", "Rules")]
public sealed class IdempotentRequestTests
{
    [Fact]
    public void A_request_without_the_header_is_not_keyed()
    {
        Assert.Null(IdempotentRequest.From(new DefaultHttpContext().Request, "key_1", RequestParameters.None));
    }

    [Fact]
    public void The_same_request_has_the_same_hash_and_fingerprint()
    {
        Assert.Equal(From("k"), From("k"));
        Assert.False(From("k")!.Equals(null));
        Assert.NotEqual(From("k"), From("K"));
        Assert.NotEqual(From("k"), From("k")! with { Fingerprint = "1:" });
        Assert.Matches("^[0-9a-f]{64}$", From("k")!.Hash);
        Assert.Matches("^1:[0-9a-f]{64}$", From("k")!.Fingerprint);
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
    public void What_an_older_release_recorded_of_the_same_parameters_is_recognised()
    {
        var parameters = new RequestParameters().With("a", 1).OnceWrittenAs("one");

        Assert.True(From("k", parameters: parameters)!.IsRepetitionOf(Sha256("one")));
        Assert.False(From("k", parameters: parameters)!.IsRepetitionOf(Sha256("two")));
    }

    [Fact]
    public void Other_parameters_change_the_fingerprint_and_not_the_hash()
    {
        Assert.Equal(From("k")!.Hash, From("k", parameters: new RequestParameters().With("a", 1))!.Hash);
        Assert.NotEqual(From("k")!.Fingerprint, From("k", parameters: new RequestParameters().With("a", 1))!.Fingerprint);
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


    /// <summary>The fingerprints are those that a release has stored: a change of how payments are stored, or of the canonical form, must not change them.</summary>
    [Fact]
    public void A_payments_fingerprint_is_that_of_the_request_and_an_old_record_is_known_by_the_old_one()
    {
        const string Body = """
            {"reference_id":"r","payer_name":"Tan Ah Kow","payer_email":"a@example.com","description":"d","amount_in_cents":1130,"due_date":"31-DEC-2026",
             "return_url":"https://example.gov.sg/back","metadata":{"b":"2","a":"1"},"line_items":[{"description":"x","amount_in_cents":1130,"quantity":2}]}
            """;
        var parameters = PaymentParameters.Of(Read(Body));
        var stored = new IdempotentRequest("h", parameters.OldFingerprint);
        var request = IdempotentRequest.Of("key_1", "POST", "/v1/a", "k", parameters);

        Assert.Equal("1:" + Sha256(
            """{"amount_in_cents":1130,"description":"d","due_date":"31-DEC-2026","line_items":[{"amount_in_cents":1130,"description":"x","quantity":2}],"metadata":{"a":"1","b":"2"},"payer_email":"a@example.com","payer_name":"Tan Ah Kow","reference_id":"r","return_url":"https://example.gov.sg/back"}"""), request.Fingerprint);
        Assert.Equal(Sha256(
            """{"reference_id":"r","payer_name":"Tan Ah Kow","payer_email":"a@example.com","description":"d","amount_in_cents":1130,"due_date":"31-DEC-2026","return_url":"https://example.gov.sg/back","metadata":[{"key":"a","value":"1"},{"key":"b","value":"2"}],"line_items":[{"description":"x","amount_in_cents":1130,"quantity":2}]}"""), stored.Fingerprint);
        Assert.True(request.IsRepetitionOf(stored.Fingerprint));
        Assert.False((request with { OldFingerprint = "another" }).IsRepetitionOf(stored.Fingerprint));
        Assert.True(request.IsRepetitionOf(request.Fingerprint));
        Assert.False(request.IsRepetitionOf(PaymentParameters.Of(Read(Body.Replace("1130", "1131", StringComparison.Ordinal))).OldFingerprint));
    }

    [Fact]
    public void What_is_absent_leaves_no_trace_in_the_fingerprint()
    {
        var before = new RequestParameters().With("b", "1").With("a", 2);
        var after = new RequestParameters().With("a", 2).With("b", "1").With("new", (string?)null).With("list", (IEnumerable<string>?)null).With("flag", (bool?)null);

        Assert.Equal(before.Fingerprint, after.Fingerprint);
        Assert.NotEqual(before.Fingerprint, after.With("flag2", false).Fingerprint);
        Assert.NotEqual(new RequestParameters().With("a", "1\n2").Fingerprint, new RequestParameters().With("a", "1").With("b", "2").Fingerprint);
    }

    [Fact]
    public void Each_kind_of_value_is_written_in_its_own_way_and_lists_keep_their_order()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_123);
        var all = new RequestParameters()
            .With("time", time).With("flag", true).With("number", 7).With("text", "a").With("texts", ["b", "a"])
            .With("object", new RequestParameters().With("y", 1).With("x", 2))
            .With("objects", [new RequestParameters().With("n", 2), RequestParameters.None]);
        const string Form = """{"flag":true,"number":7,"object":{"x":2,"y":1},"objects":[{"n":2},{}],"text":"a","texts":["b","a"],"time":1768440600123}""";

        Assert.Equal("1:" + Sha256(Form), all.Fingerprint);
        Assert.Equal("1:" + Sha256("{}"), RequestParameters.None.Fingerprint);
        Assert.Equal("1:" + Sha256("{}"), new RequestParameters()
            .With("a", (long?)null).With("b", (DateTimeOffset?)null).With("c", (RequestParameters?)null).With("d", (IEnumerable<RequestParameters>?)null).Fingerprint);
    }

    [Fact]
    public void Parameters_that_are_in_a_form_already_are_taken_as_they_are_and_so_is_what_a_release_before_made_of_them()
    {
        var form = RequestParameters.OfForm("""{"a":null}"""u8.ToArray());

        Assert.Equal("1:" + Sha256("""{"a":null}"""), form.Fingerprint);
        Assert.Equal(Sha256("""{"a":null}"""), form.OldFingerprint);
        Assert.Equal(Sha256("old"), form.OnceWrittenAs("old").OldFingerprint);
        Assert.Equal("1:" + Sha256("""{"a":null}"""), form.Fingerprint);
        Assert.Equal(Sha256(""), RequestParameters.None.OldFingerprint);
    }

    [Theory]
    [InlineData("/V1/A")]
    [InlineData("/v1/a/")]
    public void The_same_path_written_otherwise_is_the_same_request(string path) => Assert.Equal(From("k"), From("k", path: path));

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static PaymentDetails Read(string body) =>
        PaymentDetailsReader.Read(new RequestFields(JsonSerializer.Deserialize<JsonElement>(body)), new PaymentSettings().MaxAmountInCents, PaySgMode.Test);

    private static string Details(string body) => PaymentParameters.Of(Read(body)).Fingerprint;

    private static IdempotentRequest? From(StringValues key, string caller = "key_1", string method = "POST", string path = "/v1/a", RequestParameters? parameters = null)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Path = path;
        request.Headers["Idempotency-Key"] = key;
        return IdempotentRequest.From(request, caller, parameters ?? RequestParameters.None);
    }

    private static string Refused(StringValues key)
    {
        var refusal = Assert.ThrowsAny<ApiException>(() => From(key));
        Assert.Equal((400, "invalid_parameters"), (refusal.Error.Status, refusal.Error.Code));
        Assert.Equal("Idempotency-Key: must be 1 to 255 characters long, without commas, and sent once; a UUID is best.", refusal.Error.Message);
        return Assert.Single(refusal.Error.Fields).Field;
    }
}
