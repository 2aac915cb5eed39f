using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_simulated_attempt_is_bad(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("{}", "payment_method", "outcome")]
    [InlineData("""{"payment_method":null,"outcome":null}""", "payment_method", "outcome")]
    [InlineData("""{"payment_method":"qris","outcome":"succeeded"}""", "payment_method")]
    [InlineData("""{"payment_method":"","outcome":"succeeded"}""", "payment_method")]
    [InlineData("""{"payment_method":"CASH","outcome":"succeeded"}""", "payment_method")]
    [InlineData("""{"payment_method":7,"outcome":"succeeded"}""", "payment_method")]
    [InlineData("""{"payment_method":"QRIS","outcome":"declined"}""", "outcome")]
    [InlineData("""{"payment_method":"QRIS","outcome":"SUCCEEDED"}""", "outcome")]
    [InlineData("""{"payment_method":"QRIS","outcome":true}""", "outcome")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":"Siti"}""", "customer")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":[]}""", "customer")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":{"name":7,"email":"siti","phone":812}}""", "customer.phone", "customer.name", "customer.email")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":{"phone":"0812"}}""", "customer.phone")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":{"phone":"call me"}}""", "customer.phone")]
    [InlineData("""{"payment_method":"QRIS","outcome":"succeeded","customer":{"phone":"081+234567"}}""", "customer.phone")]
    public async Task Should_name_what_is_wrong(string body, params string[] fields)
    {
        var path = await PathAsync();

        await shared.RefusedAsync(api => api.PostAsync(path, body, apiKey: null), 400, "invalid_parameters", fields);
    }

    [Fact]
    public async Task Should_name_texts_that_are_too_long()
    {
        var path = await PathAsync();
        var body = $$$"""{"payment_method":"QRIS","outcome":"succeeded","customer":{"name":"{{{new string('n', 256)}}}","phone":"{{{new string('1', 26)}}}"}}""";

        await shared.RefusedAsync(api => api.PostAsync(path, body, apiKey: null), 400, "invalid_parameters", "customer.phone", "customer.name");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"outcome":"succeeded","outcome":"failed"}""")]
    public async Task Should_refuse_a_body_that_is_no_JSON_object(string body)
    {
        var path = await PathAsync();

        await shared.RefusedAsync(api => api.PostAsync(path, body, apiKey: null), 400, "invalid_body", "body");
    }

    [Fact]
    public async Task Should_refuse_a_body_of_another_type()
    {
        var path = await PathAsync();
        using var form = new FormUrlEncodedContent([new("payment_method", "QRIS"), new("outcome", "succeeded")]);

        await shared.RefusedAsync(api => api.SendAsync(HttpMethod.Post, path, form, apiKey: null), 415, "unsupported_media_type");
    }

    [Fact]
    public async Task Should_refuse_an_idempotency_key_that_is_none()
    {
        var link = await shared.App.AddLinkAsync();

        await shared.RefusedAsync(api => api.AttemptAsync(link, idempotencyKey: new string('k', 256)), 400, "invalid_parameters", "Idempotency-Key");
    }

    private async Task<string> PathAsync() => $"/sandbox/payment-links/{(await shared.App.AddLinkAsync()).ReffNo}/attempts";
}
