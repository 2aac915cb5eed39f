using System.Net;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_is_created(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string AllParameters = """
        {"reference_id":"INV-2026-0001","payer_name":"Tan Ah Kow","payer_address":"1 Road #01-02","payer_identifier":"S1234567D","payer_email":"payer@example.com",
        "description":"Licence fee","amount_in_cents":1130,"due_date":"31-DEC-2026","metadata":{"case":"42","note":"a \"quoted\" text"},
        "line_items":[{"description":"Fee","amount_in_cents":1000,"quantity":2},{"description":"Tax","amount_in_cents":130}],
        "return_url":"https://eservice.example.gov.sg/done?a=1&b=%20#top"}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_give_back_every_parameter_exactly_however_the_body_is_sent(bool chunked)
    {
        var created = (await shared.Client.PostAsync(ApiClient.PaymentsPath, AllParameters, chunked: chunked)).Expect(HttpStatusCode.Created);

        foreach (var (name, sent) in JsonNode.Parse(AllParameters)!.AsObject())
            Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse(created.Json.GetProperty(name).GetRawText())), $"{name}: {created.Body}");
        Assert.Equal(created.Body, (await shared.Client.GetPaymentAsync(created["id"]!)).Expect(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("שלום עולם \u202Eabc\u202C")]
    [InlineData("مرحبا 陳大文 தமிழ்")]
    [InlineData("😀👨‍👩‍👧🇸🇬")]
    [InlineData("e\u0301 é Å Å ﬁ")]
    [InlineData("a\u0000b\u0001\u001F\u007F\u0085\u2028\u2029\uFEFF\uFFFF")]
    [InlineData("</script>'\" & \\ / %00 ${x} {{x}}")]
    [InlineData("‘curly’ – dash — “quotes” ＦＵＬＬ、。")]
    public async Task Should_give_back_any_text_exactly(string text)
    {
        var created = (await shared.Client.CreatePaymentAsync(A.Payment().With("payer_name", text).With("description", text).With("metadata", new JsonObject { [text] = text })))
            .Expect(HttpStatusCode.Created);

        foreach (var answer in new[] { created, await shared.Client.GetPaymentAsync(created["id"]!) })
        {
            Assert.Equal((text, text), (answer["payer_name"], answer["description"]));
            var entry = Assert.Single(answer.Json.GetProperty("metadata").EnumerateObject());
            Assert.Equal((text, text), (entry.Name, entry.Value.GetString()));
        }
    }

    [Fact]
    public async Task Should_take_null_as_absent_and_ignore_what_it_does_not_know()
    {
        var absent = (await shared.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);
        var payment = A.Payment().With("unknown", new JsonArray(1, new JsonObject())).With("payment_status", "paid").With("id", "mine");
        string[] optional = ["payer_address", "payer_identifier", "payer_email", "due_date", "metadata", "line_items", "return_url"];
        foreach (var name in optional)
            payment.With(name, null);

        var nulls = (await shared.Client.CreatePaymentAsync(payment)).Expect(HttpStatusCode.Created);

        Assert.Equal("unpaid", nulls["payment_status"]);
        Assert.False(nulls.Json.TryGetProperty("unknown", out _));
        Assert.All(optional, name => Assert.Equal(absent.Json.GetProperty(name).GetRawText(), nulls.Json.GetProperty(name).GetRawText()));
        Assert.Equal(("{}", "[]"), (nulls.Json.GetProperty("metadata").GetRawText(), nulls.Json.GetProperty("line_items").GetRawText()));
    }

    [Fact]
    public async Task Should_take_the_smallest_and_the_largest_amount()
    {
        Assert.Equal("1", (await shared.Client.CreatePaymentAsync(A.Payment().Of(1))).Expect(HttpStatusCode.Created)["amount_in_cents"]);
        Assert.Equal("20000000", (await shared.Client.CreatePaymentAsync(A.Payment().Of(20_000_000))).Expect(HttpStatusCode.Created)["amount_in_cents"]);
    }

    [Fact]
    public async Task Should_answer_a_repetition_with_the_fields_in_another_order_as_before()
    {
        var first = (await shared.Client.PostAsync(
            ApiClient.PaymentsPath, """{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1130}""", idempotencyKey: "reordered")).Expect(HttpStatusCode.Created);
        var again = (await shared.Client.PostAsync(
            ApiClient.PaymentsPath, """{ "amount_in_cents": 1130, "description": "d", "payer_name": "p", "reference_id": "r", "due_date": null }""", idempotencyKey: "reordered")).Expect(HttpStatusCode.Created);

        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.False(first.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal("idempotency_key_mismatch", (await shared.Client.CreatePaymentAsync(idempotencyKey: "reordered")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }
}
