using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_endpoint_cannot_be_registered(SharedAppWithoutAllowedNetworks shared) : IClassFixture<SharedAppWithoutAllowedNetworks>
{
    private const string Good = "https://8.8.8.8/hook";

    [Theory]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("/hook")]
    [InlineData("8.8.8.8/hook")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://")]
    [InlineData("https://user@8.8.8.8/hook")]
    [InlineData("https://user:secret@8.8.8.8/hook")]
    [InlineData("https://8.8.8.8/hook#fragment")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://127.1/hook")]
    [InlineData("https://2130706433/hook")]
    [InlineData("https://0177.0.0.1/hook")]
    [InlineData("https://0x7f000001/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://169.254.169.254/metadata")]
    [InlineData("https://168.63.129.16/")]
    [InlineData("https://127。0。0。1/hook")]
    [InlineData("https://8.8.8.8/\r\nx-evil: 1")]
    [InlineData("file:///etc/passwd")]
    public async Task Should_refuse_its_url(string url)
    {
        await RefusedAsync($$"""{"webhook_url":{{JsonSerializer.Serialize(url)}}}""", "webhook_url");
    }

    /// <summary>No name is that long, and .NET throws where it is to look one up.</summary>
    [Theory]
    [InlineData(251, ".sg")]
    [InlineData(1000, ".sg")]
    [InlineData(240, ".....................")]
    public async Task Should_refuse_a_host_that_is_longer_than_any_name(int length, string end)
    {
        var url = $"https://{string.Join('.', Enumerable.Repeat("agency-of-many-words", 100))[..length].TrimEnd('.')}x{end}/hook";

        await RefusedAsync($$"""{"webhook_url":"{{url}}"}""", "webhook_url");
    }

    [Theory]
    [InlineData("webhook_url", """{}""")]
    [InlineData("webhook_url", """{"webhook_url":null}""")]
    [InlineData("webhook_url", """{"webhook_url":["https://8.8.8.8/"]}""")]
    [InlineData("webhook_url", """{"webhook_url":"https://8.8.8.8/\ud800"}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":[]}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":"*"}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":["payment.exploded"]}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":["PAYMENT.CREATED"]}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":["*","payment.exploded"]}""")]
    [InlineData("subscribed_events", """{"webhook_url":"https://8.8.8.8/hook","subscribed_events":["payment.created,payment.succeeded"]}""")]
    [InlineData("enabled", """{"webhook_url":"https://8.8.8.8/hook","enabled":"yes"}""")]
    [InlineData("enabled", """{"webhook_url":"https://8.8.8.8/hook","enabled":1}""")]
    [InlineData("description", """{"webhook_url":"https://8.8.8.8/hook","description":7}""")]
    public async Task Should_name_the_field_that_is_wrong(string field, string body)
    {
        await RefusedAsync(body, field);
    }

    [Fact]
    public async Task Should_name_an_entry_that_is_no_text()
    {
        var answer = await shared.Client.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":"{{Good}}","subscribed_events":["*",1]}""");

        Assert.Contains("subscribed_events[1]", answer.Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    [Fact]
    public async Task Should_hold_the_limits_to_the_character()
    {
        var url = "https://8.8.8.8/".PadRight(2048, 'a');
        var description = new string('é', 500);
        var created = (await shared.Client.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":"{{url}}","description":"{{description}}"}""")).Expect(HttpStatusCode.Created);

        Assert.Equal((url, description), (created["webhook_url"], created["description"]));
        await RefusedAsync($$"""{"webhook_url":"{{url}}a"}""", "webhook_url");
        await RefusedAsync($$"""{"webhook_url":"{{Good}}","description":"{{description}}é"}""", "description");
        await RefusedAsync($$"""{"webhook_url":"{{Good}}","subscribed_events":[{{string.Join(',', Enumerable.Repeat("\"payment.created\"", 51))}}]}""", "subscribed_events");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Should_refuse_a_body_that_is_no_JSON_object(string body)
    {
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.EndpointsPath, body), 400, "invalid_body", "body");
    }

    [Fact]
    public async Task Should_refuse_a_body_that_is_too_large_or_of_another_type()
    {
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.EndpointsPath, new string(' ', (64 * 1024) + 1)), 413, "body_too_large");
        using var text = new StringContent("{}");
        await shared.RefusedAsync(api => api.SendAsync(HttpMethod.Post, ApiClient.EndpointsPath, text), 415, "unsupported_media_type");
    }

    [Fact]
    public async Task Should_refuse_an_idempotency_key_that_is_no_key()
    {
        await shared.RefusedAsync(
            api => api.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":"{{Good}}"}""", idempotencyKey: "a,b"), 400, "invalid_parameters", "Idempotency-Key");
    }

    [Fact]
    public async Task Should_take_what_is_left_out_as_its_default()
    {
        var created = (await shared.Client.PostAsync(
            ApiClient.EndpointsPath, $$"""{"webhook_url":"{{Good}}","description":null,"subscribed_events":null,"enabled":null,"unknown":[1]}""")).Expect(HttpStatusCode.Created);

        Assert.Equal("""["payment.succeeded"]""", created.Json.GetProperty("subscribed_events").GetRawText());
        Assert.Equal(("enabled", null), (created["status"], created["description"]));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", created["secret"]);
        var shown = (await shared.Client.GetAsync($"{ApiClient.EndpointsPath}/{created["id"]}")).Expect(HttpStatusCode.OK);
        Assert.False(shown.Json.TryGetProperty("secret", out _));
        Assert.DoesNotContain("whsec_", shown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_an_international_name_in_its_ascii_form_and_show_it_as_it_was_sent()
    {
        const string url = "https://xn--bcher-kva.invalid/hook?a=%C3%B6";

        var created = (await shared.Client.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":"{{url}}"}""")).Expect(HttpStatusCode.Created);

        Assert.Equal(url, created["webhook_url"]);
        await RefusedAsync("""{"webhook_url":"https://bücher.invalid/hook"}""", "webhook_url");
        await RefusedAsync("""{"webhook_url":"https://xn--bcher-kva.invalid/hook?ä=ö"}""", "webhook_url");
    }

    private Task<Answer> RefusedAsync(string body, string field) =>
        shared.RefusedAsync(api => api.PostAsync(ApiClient.EndpointsPath, body), 400, "invalid_parameters", field);
}
