using System.Text;
using PaySg.Functions.Access.Tokens;

namespace PaySg.Functions.Tests.Access.Tokens;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("id:secret", "id", "secret")]
    [InlineData("id:se:cr:et", "id", "se:cr:et")]
    [InlineData("id:", "id", "")]
    [InlineData(":", "", "")]
    [InlineData("id:sécrèt", "id", "sécrèt")]
    public void The_client_id_ends_at_the_first_colon(string text, string clientId, string secret) =>
        Assert.Equal(new BasicCredentials(clientId, secret), BasicCredentials.Parse("Basic " + Base64(text)));

    [Theory]
    [InlineData("basic ")]
    [InlineData("BASIC  ")]
    public void The_scheme_is_in_any_case(string scheme) =>
        Assert.Equal(new BasicCredentials("id", "secret"), BasicCredentials.Parse(scheme + Base64("id:secret")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic no base64")]
    [InlineData("Basic aWQ")]
    [InlineData("Basic aWQ=")]
    [InlineData("Basic /////w==")]
    [InlineData("Bearer aWQ6c2VjcmV0")]
    public void Anything_else_is_none(string? header) => Assert.Null(BasicCredentials.Parse(header));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
