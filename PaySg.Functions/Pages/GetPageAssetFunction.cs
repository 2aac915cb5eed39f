namespace PaySg.Functions.Pages;

/// <summary><c>GET /assets/{version}/{file}</c>: the stylesheet, script and icon of the pages.</summary>
internal sealed class GetPageAssetFunction(IApiBoundary api, PageAssets assets, PageAnswers pages)
{
    /// <summary>200 and the file. Of an older version it is the file as it is now, not to be kept: during a deployment both versions are asked for.</summary>
    [Function("GetPageAsset")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{version}/{file}")] HttpRequest request,
        string version,
        string file) =>
        api.AnswerAsync(
            request,
            call => Task.FromResult(new ApiAnswer(200, assets.Find(file) ?? throw ApiErrors.UnknownPath())
            {
                ContentType = Path.GetExtension(file) switch
                {
                    ".css" => "text/css; charset=utf-8",
                    ".js" => "text/javascript; charset=utf-8",
                    _ => "image/svg+xml",
                },
                CacheControl = version == assets.Version ? "public, max-age=31536000, immutable" : "no-cache",
            }),
            pages.ErrorFor(request));
}
