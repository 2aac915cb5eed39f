using System.Text;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Bodies that create no link: Singapay's error shape each time, and nothing stored.</summary>
public sealed class When_a_payment_link_is_not_right(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] MembersOfAnItem = ["\"name\":\"tes\"", "\"quantity\":1", "\"unit_price\":100000"];
    private static readonly string[] NamesOfAnItem = ["name", "quantity", "unit_price"];

    private SingapayClient Singapay => shared.App.Singapay;

    [Theory]
    [InlineData("reff_no", "Reff no is required")]
    [InlineData("title", "Title is required")]
    [InlineData("max_usage", "Max usage is required")]
    [InlineData("total_amount", "Total amount is required")]
    [InlineData("items", "Items is required")]
    public async Task Should_miss_a_mandatory_field_that_is_absent_or_null(string field, string message)
    {
        foreach (var body in new[] { A.NewPaymentLink().Without(field), A.NewPaymentLink().With(field, null) })
        {
            var refused = await RefusedAsync(body.ToString(), field);
            Assert.Equal([message], Texts(refused, field));
        }
    }

    [Fact]
    public async Task Should_name_all_that_is_wrong_at_once() =>
        await RefusedAsync("""{"reff_no":"a b"}""", "reff_no", "title", "total_amount", "items", "max_usage");

    [Theory]
    [InlineData("name", "Name is required")]
    [InlineData("quantity", "Quantity is required")]
    [InlineData("unit_price", "Unit price is required")]
    public async Task Should_miss_a_mandatory_field_of_an_item(string field, string message)
    {
        var others = MembersOfAnItem.Where(member => !member.Contains(field, StringComparison.Ordinal));
        foreach (var item in new[] { string.Join(',', others), string.Join(',', others.Append($"\"{field}\":null")) })
        {
            var refused = await RefusedAsync(A.NewPaymentLink().WithJson("items", $$"""[{"name":"first","quantity":1,"unit_price":1},{ {{item}} }]""").ToString(), $"items.1.{field}");
            Assert.Equal([message], Texts(refused, $"items.1.{field}"));
        }
    }

    [Theory]
    [InlineData("reff_no", "1")]
    [InlineData("reff_no", "true")]
    [InlineData("reff_no", "[\"a\"]")]
    [InlineData("reff_no", "{\"a\":1}")]
    [InlineData("reff_no", "\"\"")]
    [InlineData("reff_no", "\" \"")]
    [InlineData("reff_no", "\".\"")]
    [InlineData("reff_no", "\"..\"")]
    [InlineData("reff_no", "\"a b\"")]
    [InlineData("reff_no", "\"a/b\"")]
    [InlineData("reff_no", "\"a\\\\b\"")]
    [InlineData("reff_no", "\"a%2Fb\"")]
    [InlineData("reff_no", "\"a?b\"")]
    [InlineData("reff_no", "\"a#b\"")]
    [InlineData("reff_no", "\"a'b\"")]
    [InlineData("reff_no", "\"a\\u0000b\"")]
    [InlineData("reff_no", "\"a\\nb\"")]
    [InlineData("reff_no", "\"é\"")]
    [InlineData("reff_no", "\"٣\"")]
    [InlineData("reff_no", "\"\\ud800\"")]
    [InlineData("reff_no", "\"PL202510211359096812345678901234567890123\"")]
    [InlineData("title", "1")]
    [InlineData("title", "false")]
    [InlineData("title", "[\"a\"]")]
    [InlineData("title", "\"\"")]
    [InlineData("title", "\" \\t\"")]
    [InlineData("title", "\"a\\ude00b\"")]
    [InlineData("required_customer_detail", "1")]
    [InlineData("required_customer_detail", "\"true\"")]
    [InlineData("max_usage", "0")]
    [InlineData("max_usage", "-1")]
    [InlineData("max_usage", "1000001")]
    [InlineData("max_usage", "1.5")]
    [InlineData("max_usage", "1e-1")]
    [InlineData("max_usage", "\"10\"")]
    [InlineData("max_usage", "true")]
    [InlineData("max_usage", "[]")]
    [InlineData("expired_at", "1738368000")]
    [InlineData("expired_at", "\"2025-02-01\"")]
    [InlineData("expired_at", "true")]
    [InlineData("total_amount", "9999")]
    [InlineData("total_amount", "0")]
    [InlineData("total_amount", "-100000")]
    [InlineData("total_amount", "1000000000000")]
    [InlineData("total_amount", "99999999999999999999")]
    [InlineData("total_amount", "100000.5")]
    [InlineData("total_amount", "\"100000.50\"")]
    [InlineData("total_amount", "1e-5")]
    [InlineData("total_amount", "\"100,000\"")]
    [InlineData("total_amount", "\"Rp100000\"")]
    [InlineData("total_amount", "\"\"")]
    [InlineData("total_amount", "true")]
    [InlineData("total_amount", "[100000]")]
    [InlineData("total_amount", "100001")]
    [InlineData("total_amount", "99999")]
    [InlineData("items", "{}")]
    [InlineData("items", "\"Laptop\"")]
    [InlineData("items", "[]")]
    [InlineData("items", "true")]
    [InlineData("whitelisted_payment_method", "[\"va_bri\"]")]
    [InlineData("whitelisted_payment_method", "[\"QRIS\",\"GOLD\"]")]
    [InlineData("whitelisted_payment_method", "\"QRIS\"")]
    [InlineData("redirect_url", "\"/done\"")]
    [InlineData("redirect_url", "true")]
    [InlineData("success_redirect_url", "\"javascript:alert(1)\"")]
    [InlineData("expired_redirect_url", "\"https://user@example.com\"")]
    [InlineData("optional_metadata", "[]")]
    [InlineData("optional_metadata", "\"text\"")]
    [InlineData("optional_metadata", "true")]
    [InlineData("optional_metadata", "{\"a\":[{\"b\":\"\\ud800\"}]}")]
    public async Task Should_refuse_a_field_of_the_wrong_type_or_beyond_its_limits(string field, string json)
    {
        var body = A.NewPaymentLink().With(field, "?").ToString().Replace($"\"{field}\":\"?\"", $"\"{field}\":{json}", StringComparison.Ordinal);

        var refused = await RefusedAsync(body, field);

        Assert.NotEmpty(Assert.Single(Texts(refused, field)));
    }

    [Theory]
    [InlineData("items.0", "7")]
    [InlineData("items.0", "null")]
    [InlineData("items.0", "[\"name\"]")]
    [InlineData("items.0.name", """{"name":7,"quantity":1,"unit_price":100000}""")]
    [InlineData("items.0.name", """{"name":"","quantity":1,"unit_price":100000}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":0,"unit_price":100000}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":-1,"unit_price":-100000}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":1.5,"unit_price":100000}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":"one","unit_price":100000}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":1000001,"unit_price":1}""")]
    [InlineData("items.0.quantity", """{"name":"a","quantity":true,"unit_price":100000}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1,"unit_price":"free"}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1,"unit_price":100000.5}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1,"unit_price":1000000000000}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1,"unit_price":-1000000000000}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1000000,"unit_price":999999999999}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1000000,"unit_price":-999999999999}""")]
    [InlineData("items.0.unit_price", """{"name":"a","quantity":1,"unit_price":[100000]}""")]
    public async Task Should_refuse_an_item_that_is_none(string field, string item)
    {
        await RefusedAsync(A.NewPaymentLink().WithJson("items", $"[{item}]").ToString(), field);
    }

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public async Task Should_take_a_title_and_a_name_of_255_characters_and_no_more(int length, bool refused)
    {
        var text = new string('é', length);

        foreach (var (field, link) in new[]
        {
            ("title", A.NewPaymentLink().With("title", text)),
            ("items.0.name", A.NewPaymentLink().WithJson("items", $$"""[{"name":"{{text}}","quantity":1,"unit_price":100000}]""")),
        })
        {
            if (refused)
                await RefusedAsync(link.ToString(), field);
            else
                await Singapay.CreatedLinkAsync(link);
        }
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task Should_take_100_items_and_no_more(int count, bool refused)
    {
        var link = A.NewPaymentLink()
            .WithJson("items", $"[{string.Join(',', Enumerable.Repeat("""{"name":"a","quantity":1,"unit_price":1000}""", count))}]")
            .With("total_amount", count * 1000);

        if (refused)
            await RefusedAsync(link.ToString(), "items");
        else
            Assert.Equal(count, (await Singapay.CreatedLinkAsync(link)).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(4096, false)]
    [InlineData(4097, true)]
    public async Task Should_take_metadata_of_4096_bytes_and_no_more(int bytes, bool refused)
    {
        var link = A.NewPaymentLink().WithJson("optional_metadata", $$"""{ "a" : "{{new string('x', bytes - 8)}}" }""");

        if (refused)
            await RefusedAsync(link.ToString(), "optional_metadata");
        else
            Assert.Equal(bytes, (await Singapay.CreatedLinkAsync(link)).GetProperty("optional_metadata").GetRawText().Length);
    }

    [Theory]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":50000},{"name":"b","quantity":1,"unit_price":49999}]""", 100000, "which is 99999")]
    [InlineData("""[{"name":"a","quantity":3,"unit_price":50000}]""", 50000, "which is 150000")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":100000},{"name":"b","quantity":1,"unit_price":-5000}]""", 100000, "which is 95000")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":100000},{"name":"b","quantity":1,"unit_price":-100000}]""", 0, "at least 10000")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":100000},{"name":"b","quantity":1,"unit_price":-100001}]""", -1, "at least 10000")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":9999}]""", 9999, "at least 10000")]
    public async Task Should_refuse_a_total_that_the_items_do_not_make_up_or_that_is_too_small(string items, long total, string expected)
    {
        var refused = await RefusedAsync(A.NewPaymentLink().WithJson("items", items).With("total_amount", total).ToString(), "total_amount");

        Assert.Contains(expected, Assert.Single(Texts(refused, "total_amount")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("reff_no=a&title=b")]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task Should_refuse_a_body_that_is_no_JSON_object(string body)
    {
        await shared.App.RefusedAsync(client => client.PostAsync(client.LinksPath(), body), 400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Should_refuse_another_content_type(string contentType)
    {
        await shared.App.RefusedAsync(client => client.SendAsync(HttpMethod.Post, client.LinksPath(), A.NewPaymentLink().ToString(), contentType), 415);
        await shared.App.RefusedAsync(client => client.SendAsync(HttpMethod.Put, client.LinksPath(7), A.PaymentLinkUpdate().ToString(), contentType), 415);
    }

    [Fact]
    public async Task Should_refuse_a_body_that_is_too_large()
    {
        await shared.App.RefusedAsync(client => client.PostAsync(client.LinksPath(), A.NewPaymentLink().With("unknown", new string('x', 65536)).ToString()), 413);
    }

    [Fact]
    public async Task Should_refuse_a_text_that_is_no_UTF_8()
    {
        var body = Encoding.UTF8.GetBytes(A.NewPaymentLink().With("title", "a?b").ToString());
        body[Array.IndexOf(body, (byte)'?')] = 0xC3;

        using var http = new HttpClient(new ContractHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shared.App.BaseAddress, Singapay.LinksPath())) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Authorization", "Bearer " + await Singapay.TokenAsync());
        request.Headers.Add("X-PARTNER-ID", SingapayClient.PartnerId);
        (await Answer.ReadAsync(await http.SendAsync(request))).ExpectSingapayError(422, "Validation error", "title");
    }

    [Fact]
    public async Task Should_name_twenty_mistakes_at_most()
    {
        var refused = await shared.App.RefusedAsync(
            client => client.CreateLinkAsync(A.NewPaymentLink().WithJson("items", $"[{string.Join(',', Enumerable.Repeat("{}", 100))}]")),
            422,
            "Validation error",
            [.. Enumerable.Range(0, 20).Select(i => $"items.{i / 3}.{NamesOfAnItem[i % 3]}")]);

        Assert.Equal(20, refused.Json.GetProperty("error").GetProperty("errors").EnumerateObject().Count());
    }

    [Theory]
    [InlineData("GET", "/api/v1.0/payment-link-manage/short", 404)]
    [InlineData("POST", "/api/v1.0/payment-link-manage", 404)]
    [InlineData("POST", "/api/v1.0/payment-link-manage/payment-methods", 405)]
    [InlineData("PATCH", "/api/v1.0/payment-link-manage/01K7P073Q8RE2A9PQT8Q7MXPN4/103", 405)]
    public async Task Should_answer_in_its_shape_where_there_is_no_such_call(string method, string path, int status)
    {
        await shared.App.RefusedAsync(client => client.SendAsync(new HttpMethod(method), path, "{}"), status);
    }

    private static List<string> Texts(Answer refused, string field) =>
        [.. refused.Json.GetProperty("error").GetProperty("errors").GetProperty(field).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Refused, naming this field alone, with nothing written; and so there is no such link.</summary>
    private async Task<Answer> RefusedAsync(string body, params string[] fields)
    {
        var refused = await shared.App.RefusedAsync(client => client.PostAsync(client.LinksPath(), body), 422, "Validation error", fields);
        Assert.Equal(JsonValueKind.Object, refused.Json.GetProperty("error").GetProperty("errors").ValueKind);
        return refused;
    }
}
