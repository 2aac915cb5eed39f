namespace PaySg.Functions.Operations.Contract;

/// <summary><c>GET /external/api/assets/{file}</c>: what the page of the API is drawn by.</summary>
internal sealed class GetApiBrowserFileFunction(IApiBoundary api, ApiBrowser browser)
{
    /// <summary>200 and the file, 304 where the client has it, 404 where there is none.</summary>
    [Function("GetApiBrowserFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "external/api/assets/{file}")] HttpRequest request,
        string file) =>
        api.AnswerAsync(request, call => Task.FromResult(browser.File(call.Request, file)));
}
