using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_simulated_payment_is_bad(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"outcome":null}""")]
    [InlineData("""{"outcome":""}""")]
    [InlineData("""{"outcome":"SUCCEEDED"}""")]
    [InlineData("""{"outcome":"paid"}""")]
    [InlineData("""{"outcome":true}""")]
    [InlineData("""{"outcome":["succeeded"]}""")]
    [InlineData("""{"outcome":"succeededsucceededsucceeded"}""")]
    public async Task Should_name_the_outcome(string body)
    {
        var path = await PathAsync();

        await shared.RefusedAsync(api => api.PostAsync(path, body, apiKey: null), 400, "invalid_parameters", "outcome");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"outcome":"succeeded","outcome":"declined"}""")]
    public async Task Should_refuse_a_body_that_is_no_JSON_object(string body)
    {
        var path = await PathAsync();

        await shared.RefusedAsync(api => api.PostAsync(path, body, apiKey: null), 400, "invalid_body", "body");
    }

    [Fact]
    public async Task Should_refuse_a_body_that_is_too_large_or_of_another_type()
    {
        var path = await PathAsync();

        await shared.RefusedAsync(api => api.PostAsync(path, new string(' ', (64 * 1024) + 1), apiKey: null, chunked: true), 413, "body_too_large");
        using var text = new StringContent("""{"outcome":"succeeded"}""");
        await shared.RefusedAsync(api => api.SendAsync(HttpMethod.Post, path, text, apiKey: null), 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("-abcdefcode0123456789")]
    [InlineData("x")]
    [InlineData("%F0%9F%98%80")]
    public async Task Should_not_find_a_payment_that_does_not_exist(string id)
    {
        await shared.RefusedAsync(api => api.PayAsync(id), 404, "payment_not_found");
    }

    [Fact]
    public async Task Should_not_find_a_payment_whose_payment_service_exists_and_itself_does_not()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        await shared.RefusedAsync(api => api.PayAsync(id[..^1] + (id[^1] == 'a' ? 'b' : 'a')), 404, "payment_not_found");
    }

    private async Task<string> PathAsync() => $"/sandbox/payments/{await shared.Client.CreatedPaymentAsync()}";
}
