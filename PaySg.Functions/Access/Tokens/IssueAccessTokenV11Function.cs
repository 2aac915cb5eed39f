namespace PaySg.Functions.Access.Tokens;

/// <summary><c>POST /api/v1.1/access-token/b2b</c>: an access token for a client that signs with its secret (<c>X-CLIENT-ID</c>, <c>X-Signature</c>).</summary>
internal sealed class IssueAccessTokenV11Function(SingapayBoundary api, IssueAccessToken issueAccessToken, TimeProvider clock)
{
    /// <summary>200 and a token.</summary>
    [Function("IssueAccessTokenV11")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1.1/access-token/b2b")] HttpRequest request) =>
        api.AnyoneAsync(request, call =>
        {
            var clientId = call.Request.Headers["X-CLIENT-ID"].ToString();
            var signature = call.Request.Headers["X-Signature"].ToString();
            return issueAccessToken.RunAsync(
                call, clientId, secret => TokenRequestSignature.Matches(clientId, secret, signature, clock.GetUtcNow()));
        });
}
