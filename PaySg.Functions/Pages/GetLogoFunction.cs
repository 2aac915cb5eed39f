using PaySg.Functions.Access;

namespace PaySg.Functions.Pages;

/// <summary><c>GET /logos/{owner}/{file}</c>: a logo for payers' pages and mails. Its name holds a digest of what it is, so it may be kept.</summary>
internal sealed class GetLogoFunction(IApiBoundary api, LogoStore logos, PageAnswers pages, GuessLimits guesses)
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal) { ["Content-Security-Policy"] = "default-src 'none'" };

    /// <summary>200 and the picture.</summary>
    [Function("GetLogo")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "logos/{ownerId}/{file}")] HttpRequest request,
        string ownerId,
        string file) =>
        api.AnswerAsync(
            request,
            call => guesses.WatchAsync(call, async () =>
            {
                var logo = await logos.FindAsync(ownerId, file, call.ClientLeft) ?? throw ApiErrors.UnknownPath();
                return new ApiAnswer(200, logo.Content)
                {
                    ContentType = logo.Kind.ContentType,
                    CacheControl = "public, max-age=31536000, immutable",
                    Headers = Headers,
                };
            }),
            pages.ErrorFor(request));
}
