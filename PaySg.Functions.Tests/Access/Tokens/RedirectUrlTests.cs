using System.Text.Json;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Tests.Access.Tokens;

/// <summary>Where a payment link may send a payer's browser.</summary>
public sealed class RedirectUrlTests
{
    [Theory]
    [InlineData("https://shop.example/done?a=1#top")]
    [InlineData("HTTPS://shop.example")]
    [InlineData("https://localhost.example/")]
    [InlineData("https://8.8.8.8/")]
    public void An_https_URL_of_another_machine_is_taken_everywhere(string url)
    {
        Assert.Equal(url, Read(url, isDevelopment: false));
        Assert.Equal(url, Read(url, isDevelopment: true));
    }

    [Theory]
    [InlineData("http://shop.example/done")]
    [InlineData("http://localhost:3000/done")]
    [InlineData("https://localhost/done")]
    [InlineData("https://LOCALHOST./done")]
    [InlineData("https://app.localhost/done")]
    [InlineData("https://127.0.0.1/done")]
    [InlineData("https://127.1.2.3/done")]
    [InlineData("https://2130706433/done")]
    [InlineData("https://0x7f.1/done")]
    [InlineData("https://[::1]/done")]
    [InlineData("https://[::ffff:127.0.0.1]/done")]
    [InlineData("https://0.0.0.0/done")]
    [InlineData("https://[::]/done")]
    public void Plain_HTTP_and_the_payers_own_machine_are_taken_in_development_alone(string url)
    {
        Assert.Equal(url, Read(url, isDevelopment: true));
        var refused = Assert.ThrowsAny<ApiException>(() => Read(url, isDevelopment: false));
        Assert.StartsWith("The redirect url must be a valid URL: https, absolute, not of this machine, without a user name: it", Assert.Single(refused.Error.Fields).Message, StringComparison.Ordinal);
    }

    private static string? Read(string url, bool isDevelopment)
    {
        var fields = new SingapayFields(new RequestFields(JsonSerializer.SerializeToElement(new { redirect_url = url })), isDevelopment);
        var read = fields.OptionalUrl("redirect_url", 2048);
        fields.ThrowIfInvalid();
        return read;
    }
}
