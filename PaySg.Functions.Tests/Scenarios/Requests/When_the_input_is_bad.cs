using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_the_input_is_bad(SharedApp shared) : IClassFixture<SharedApp>
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"reference_id\":}")]
    [InlineData("{'reference_id':'x'}")]
    [InlineData("{\"reference_id\":\"x\",}")]
    [InlineData("/* */{}")]
    [InlineData("{\"amount_in_cents\":0113}")]
    [InlineData("{\"amount_in_cents\":NaN}")]
    [InlineData("{\"payer_name\":\"a\tb\"}")]
    [InlineData("{\"payer_name\":\"a\0b\"}")]
    [InlineData("\0")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("reference_id=x")]
    [InlineData("{\"reference_id\":\"a\",\"reference_id\":\"b\"}")]
    [InlineData("{\"reference_id\":\"a\",\"reference\\u005Fid\":\"b\"}")]
    [InlineData("{\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("{\"unknown\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\\ude00\\ud83d\":1}")]
    [InlineData("{\"metadata\":{\"\\ud800\":\"x\"}}")]
    [InlineData("{\"unknown\":{\"\\udc00\":1}}")]
    public async Task Should_refuse_a_body_that_is_no_JSON_object(string body)
    {
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, body), 400, "invalid_body", "body");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })] // {} in UTF-16
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 })] // gzip
    public async Task Should_refuse_bytes_that_are_no_UTF_8(byte[] body)
    {
        await shared.RefusedAsync(api => PostAsync(api, body, "application/json"), 400, "invalid_body", "body");
    }

    [Theory]
    [InlineData("payer_name", "\"a?b\"")]
    [InlineData("payer_address", "\"?\"")]
    [InlineData("metadata", "{\"a?\":\"b\"}")]
    public async Task Should_refuse_a_text_that_is_no_UTF_8(string field, string json)
    {
        var body = Encoding.UTF8.GetBytes(Body(field, json));
        body[Array.IndexOf(body, (byte)'?')] = 0xC3;

        await shared.RefusedAsync(api => PostAsync(api, body, "application/json"), 400, "invalid_parameters", field);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(10_000, false)]
    public async Task Should_refuse_nesting_deeper_than_32(int arrays, bool accepted)
    {
        var body = Body("unknown", new string('[', arrays) + new string(']', arrays));

        if (accepted)
            (await shared.Client.PostAsync(ApiClient.PaymentsPath, body)).Expect(HttpStatusCode.Created);
        else
            await shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, body), 400, "invalid_body", "body");
    }

    [Fact]
    public async Task Should_name_each_wrong_field_at_once() =>
        await shared.RefusedAsync(
            api => api.CreatePaymentAsync(A.Payment().Without("payer_name").Without("description").Of(0)), 400, "invalid_parameters", "payer_name", "description", "amount_in_cents");

    [Theory]
    [InlineData("amount_in_cents", "0")]
    [InlineData("amount_in_cents", "-1")]
    [InlineData("amount_in_cents", "-0")]
    [InlineData("amount_in_cents", "11.3")]
    [InlineData("amount_in_cents", "20000001")]
    [InlineData("amount_in_cents", "9223372036854775808")]
    [InlineData("amount_in_cents", "1e400")]
    [InlineData("amount_in_cents", "1e-9223372036854775808")]
    [InlineData("amount_in_cents", "1e9223372036854775808")]
    [InlineData("amount_in_cents", "\"1130\"")]
    [InlineData("amount_in_cents", "null")]
    [InlineData("amount_in_cents", "true")]
    [InlineData("amount_in_cents", "[1130]")]
    [InlineData("amount_in_cents", "{}")]
    [InlineData("reference_id", "null")]
    [InlineData("reference_id", "\"\"")]
    [InlineData("reference_id", "\" \\t\"")]
    [InlineData("reference_id", "7")]
    [InlineData("payer_name", "[\"x\"]")]
    [InlineData("payer_name", "{\"x\":1}")]
    [InlineData("payer_name", "false")]
    [InlineData("payer_name", "\"\\ud83d\"")]
    [InlineData("payer_name", "\"a\\ude00b\"")]
    [InlineData("payer_name", "\"\\ude00\\ud83d\"")]
    [InlineData("payer_address", "1")]
    [InlineData("payer_identifier", "1234567")]
    [InlineData("payer_identifier", "\"\\ud800\"")]
    [InlineData("description", "\"\"")]
    [InlineData("description", "0")]
    [InlineData("payer_email", "1")]
    [InlineData("payer_email", "\"\"")]
    [InlineData("payer_email", "\"no-at\"")]
    [InlineData("payer_email", "\"a@\"")]
    [InlineData("payer_email", "\"@example.com\"")]
    [InlineData("payer_email", "\"a b@example.com\"")]
    [InlineData("payer_email", "\" a@example.com\"")]
    [InlineData("payer_email", "\"a@example.com \"")]
    [InlineData("payer_email", "\"A <a@example.com>\"")]
    [InlineData("payer_email", "\"a@example.com,b@example.com\"")]
    [InlineData("payer_email", "\"a@example.com;b@example.com\"")]
    [InlineData("payer_email", "\"a@b@example.com\"")]
    [InlineData("payer_email", "\"a@example.com\\r\\nBcc: b@example.com\"")]
    [InlineData("payer_email", "\"a@example.com\\nBcc:b@example.com\"")]
    [InlineData("payer_email", "\"a@example.com\\u0000\"")]
    [InlineData("payer_email", "\"\\\"a\\r\\nBcc:b\\\"@example.com\"")]
    [InlineData("payer_email", "\"a@exa\\u0085mple.com\"")]
    [InlineData("due_date", "20261231")]
    [InlineData("due_date", "\"\"")]
    [InlineData("due_date", "\"2026-12-31\"")]
    [InlineData("due_date", "\"31-Dec-2026\"")]
    [InlineData("due_date", "\"31-dec-2026\"")]
    [InlineData("due_date", "\"31/DEC/2026\"")]
    [InlineData("due_date", "\"32-JAN-2026\"")]
    [InlineData("due_date", "\"29-FEB-2026\"")]
    [InlineData("due_date", "\"1-JAN-2026\"")]
    [InlineData("due_date", "\" 1-JAN-2026\"")]
    [InlineData("due_date", "\"31-DEC-26\"")]
    [InlineData("due_date", "\"31-DEZ-2026\"")]
    [InlineData("due_date", "\"00-JAN-2026\"")]
    [InlineData("due_date", "\"01-JAN-0000\"")]
    [InlineData("due_date", "\"31-DEC-2026 \"")]
    [InlineData("due_date", "\"٣١-DEC-2026\"")]
    [InlineData("return_url", "1")]
    [InlineData("return_url", "\"\"")]
    [InlineData("return_url", "\"http://e.gov.sg/done\"")]
    [InlineData("return_url", "\"/done\"")]
    [InlineData("return_url", "\"//e.gov.sg/done\"")]
    [InlineData("return_url", "\"e.gov.sg/done\"")]
    [InlineData("return_url", "\"https://\"")]
    [InlineData("return_url", "\"https:/e.gov.sg\"")]
    [InlineData("return_url", "\"https:e.gov.sg\"")]
    [InlineData("return_url", "\"https://localhost/done\"")]
    [InlineData("return_url", "\"https://LOCALHOST:8080\"")]
    [InlineData("return_url", "\"https://127.0.0.1/done\"")]
    [InlineData("return_url", "\"https://2130706433/done\"")]
    [InlineData("return_url", "\"https://0x7f.1/done\"")]
    [InlineData("return_url", "\"https://[::1]/done\"")]
    [InlineData("return_url", "\"https://user@e.gov.sg/done\"")]
    [InlineData("return_url", "\"https://user:secret@e.gov.sg/done\"")]
    [InlineData("return_url", "\"https://e.gov.sg/a b\"")]
    [InlineData("return_url", "\" https://e.gov.sg/\"")]
    [InlineData("return_url", "\"https://e.gov.sg/\\r\\nSet-Cookie: a=b\"")]
    [InlineData("return_url", "\"https://e.gov.sg\\\\@evil.example/\"")]
    [InlineData("return_url", "\"https://e.gov.sg/%zz\"")]
    [InlineData("return_url", "\"https://é.gov.sg/\"")]
    [InlineData("return_url", "\"javascript:alert(1)\"")]
    [InlineData("return_url", "\"data:text/html,x\"")]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", "\"x\"")]
    [InlineData("metadata", "1")]
    [InlineData("metadata", "{\"\":\"x\"}")]
    [InlineData("metadata", "{\"1\":\"a\",\"2\":\"a\",\"3\":\"a\",\"4\":\"a\",\"5\":\"a\",\"6\":\"a\",\"7\":\"a\",\"8\":\"a\",\"9\":\"a\",\"10\":\"a\",\"11\":\"a\"}")]
    [InlineData("metadata.a", "{\"a\":1}")]
    [InlineData("metadata.a", "{\"a\":null}")]
    [InlineData("metadata.a", "{\"a\":true}")]
    [InlineData("metadata.a", "{\"a\":{\"b\":\"c\"}}")]
    [InlineData("metadata.a", "{\"a\":[\"b\"]}")]
    [InlineData("metadata.b", "{\"a\":\"x\",\"b\":\"\\ud800\"}")]
    [InlineData("line_items", "{}")]
    [InlineData("line_items", "\"x\"")]
    [InlineData("line_items[0]", "[1]")]
    [InlineData("line_items[1]", "[{\"description\":\"x\",\"amount_in_cents\":1},null]")]
    [InlineData("line_items[0].description", "[{\"amount_in_cents\":1}]")]
    [InlineData("line_items[0].amount_in_cents", "[{\"description\":\"x\"}]")]
    [InlineData("line_items[1].amount_in_cents", "[{\"description\":\"x\",\"amount_in_cents\":1},{\"description\":\"x\",\"amount_in_cents\":-1}]")]
    [InlineData("line_items[0].amount_in_cents", "[{\"description\":\"x\",\"amount_in_cents\":1.5}]")]
    [InlineData("line_items[0].quantity", "[{\"description\":\"x\",\"amount_in_cents\":1,\"quantity\":0}]")]
    [InlineData("line_items[0].quantity", "[{\"description\":\"x\",\"amount_in_cents\":1,\"quantity\":\"2\"}]")]
    [InlineData("line_items", "[{\"description\":\"x\",\"amount_in_cents\":20000000},{\"description\":\"x\",\"amount_in_cents\":1}]")]
    public async Task Should_name_the_field_that_is_wrong(string named, string value)
    {
        var field = named.Split('.', '[')[0];

        await shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, Body(field, value)), 400, "invalid_parameters", named);
    }

    [Theory]
    [InlineData("reference_id", 255)]
    [InlineData("payer_name", 255)]
    [InlineData("payer_address", 255)]
    [InlineData("payer_identifier", 20)]
    [InlineData("description", 500)]
    public async Task Should_take_a_text_of_the_greatest_length_and_refuse_one_character_more(string field, int length)
    {
        var longest = new string('é', length);

        Assert.Equal(longest, (await CreatedAsync(A.Payment().With(field, longest)))[field]);
        await shared.RefusedAsync(api => api.CreatePaymentAsync(A.Payment().With(field, longest + "é")), 400, "invalid_parameters", field);
    }

    [Fact]
    public async Task Should_hold_the_other_limits_to_the_character()
    {
        var email = new string('a', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 61), 3)) + ".sg";
        var url = "https://e.gov.sg/".PadRight(2048, 'a');
        var key = new string('k', 40);
        var value = new string('v', 255);
        var created = await CreatedAsync(A.Payment().Of(20_000_000).With("payer_email", email).With("return_url", url)
            .With("metadata", new System.Text.Json.Nodes.JsonObject(Enumerable.Range(0, 10).Select(index => KeyValuePair.Create<string, System.Text.Json.Nodes.JsonNode?>($"{key[..38]}{index:00}", value)))));

        Assert.Equal((email, url, 20_000_000), (created["payer_email"], created["return_url"], created.Json.GetProperty("amount_in_cents").GetInt64()));
        Assert.All(created.Json.GetProperty("metadata").EnumerateObject(), entry => Assert.Equal((40, value), (entry.Name.Length, entry.Value.GetString())));
        Assert.Equal(10, created.Json.GetProperty("metadata").EnumerateObject().Count());
        await RefusedFieldAsync("payer_email", $"\"a{email}\"");
        await RefusedFieldAsync("return_url", $"\"{url}a\"");
        await RefusedFieldAsync("metadata", $$"""{"{{key}}k":"x"}""");
        await RefusedFieldAsync("metadata", $$"""{"a":"{{value}}v"}""", "metadata.a");
        await RefusedFieldAsync("line_items", $$"""[{"description":"{{value}}v","amount_in_cents":1}]""", "line_items[0].description");
    }

    [Theory]
    [InlineData("reference_id")]
    [InlineData("payer_name")]
    [InlineData("description")]
    [InlineData("amount_in_cents")]
    public async Task Should_name_a_field_that_is_missing(string field)
    {
        await shared.RefusedAsync(api => api.CreatePaymentAsync(A.Payment().Without(field)), 400, "invalid_parameters", field);
    }

    [Fact]
    public async Task Should_name_all_fields_that_are_wrong_at_once_but_never_more_than_20()
    {
        await shared.RefusedAsync(
            api => api.PostAsync(ApiClient.PaymentsPath, """{"payer_email":"x","due_date":"x"}"""),
            400,
            "invalid_parameters",
            "reference_id",
            "payer_name",
            "payer_email",
            "description",
            "amount_in_cents",
            "due_date");
        await shared.RefusedAsync(
            api => api.PostAsync(ApiClient.PaymentsPath, Body("line_items", $"[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]")),
            400,
            "invalid_parameters",
            [.. Enumerable.Range(0, 10).SelectMany(index => new[] { $"line_items[{index}].description", $"line_items[{index}].amount_in_cents" })]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_take_a_body_of_64_KiB_and_refuse_one_byte_more(bool chunked)
    {
        var body = Body("unknown", "\"\"");
        var largest = Body("unknown", $"\"{new string('x', Limit - body.Length)}\"");
        Assert.Equal(Limit, Encoding.UTF8.GetByteCount(largest));

        (await shared.Client.PostAsync(ApiClient.PaymentsPath, largest, chunked: chunked)).Expect(HttpStatusCode.Created);
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, largest + " ", chunked: chunked), 413, "body_too_large");
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, largest + largest, chunked: chunked), 413, "body_too_large");
    }

    [Fact]
    public async Task Should_take_as_many_line_items_as_a_body_holds_and_refuse_10000()
    {
        const string item = """{"description":"x","amount_in_cents":1}""";
        var items = Enumerable.Repeat(item, (Limit - 300) / (item.Length + 1)).ToList();

        var created = (await shared.Client.PostAsync(ApiClient.PaymentsPath, Body("line_items", $"[{string.Join(',', items)}]"))).Expect(HttpStatusCode.Created);

        Assert.Equal(items.Count, created.Json.GetProperty("line_items").GetArrayLength());
        Assert.Equal(created.Body, (await shared.Client.GetPaymentAsync(created["id"]!)).Body);
        await shared.RefusedAsync(
            api => api.PostAsync(ApiClient.PaymentsPath, Body("line_items", $"[{string.Join(',', Enumerable.Repeat(item, 10_000))}]")), 413, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json-not")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData("application/jsonp")]
    public async Task Should_refuse_another_content_type(string contentType)
    {
        await shared.RefusedAsync(api => PostAsync(api, Encoding.UTF8.GetBytes(A.Payment().ToString()), contentType), 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/problem+json")]
    [InlineData(null)]
    public async Task Should_take_JSON_however_it_is_declared(string? contentType)
    {
        (await PostAsync(shared.Client, Encoding.UTF8.GetBytes(A.Payment().ToString()), contentType)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_refuse_a_body_whose_chunks_are_broken_as_a_mistake_of_the_client()
    {
        shared.App.HttpTraffic.Forget();
        using var socket = new TcpClient();
        await socket.ConnectAsync(shared.App.BaseAddress.Host, shared.App.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {ApiClient.PaymentsPath} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {ApiClient.ApiKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{{}}\r\n"));

        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
        Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        Assert.Empty(shared.App.Log.Of(1002));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a, a")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Should_refuse_an_idempotency_key_that_is_no_key(string key)
    {
        await shared.RefusedAsync(api => api.CreatePaymentAsync(idempotencyKey: key), 400, "invalid_parameters", "Idempotency-Key");
    }

    private static string Body(string field, string json) => $"{{\"{field}\":{json},{A.Payment().Without(field).ToString()[1..]}";

    private static async Task<Answer> PostAsync(ApiClient api, byte[] body, string? contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return await api.SendAsync(HttpMethod.Post, ApiClient.PaymentsPath, content);
    }

    private async Task<Answer> CreatedAsync(PaymentRequest payment) => (await shared.Client.CreatePaymentAsync(payment)).Expect(HttpStatusCode.Created);

    private Task<Answer> RefusedFieldAsync(string field, string json, string? named = null) =>
        shared.RefusedAsync(api => api.PostAsync(ApiClient.PaymentsPath, Body(field, json)), 400, "invalid_parameters", named ?? field);
}
