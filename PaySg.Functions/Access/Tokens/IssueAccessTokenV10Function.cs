namespace PaySg.Functions.Access.Tokens;

/// <summary><c>POST /api/v1.0/access-token/b2b</c>: an access token for a client that sends its secret (<c>Authorization: Basic</c>).</summary>
internal sealed class IssueAccessTokenV10Function(SingapayBoundary api, IssueAccessToken issueAccessToken)
{
    /// <summary>200 and a token.</summary>
    [Function("IssueAccessTokenV10")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1.0/access-token/b2b")] HttpRequest request) =>
        api.AnyoneAsync(request, call =>
        {
            var basic = BasicCredentials.Parse(call.Request.Headers.Authorization.ToString());
            return issueAccessToken.RunAsync(call, basic?.ClientId, secret => SecretText.AreEqual(basic!.ClientSecret, secret));
        });
}
