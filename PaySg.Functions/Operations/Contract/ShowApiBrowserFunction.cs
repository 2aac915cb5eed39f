namespace PaySg.Functions.Operations.Contract;

/// <summary><c>GET /external/api</c>: the page where developers read the document and try calls.</summary>
internal sealed class ShowApiBrowserFunction(IApiBoundary api, ApiBrowser browser)
{
    /// <summary>200 and the page.</summary>
    [Function("ShowApiBrowser")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "external/api")] HttpRequest request) =>
        api.AnswerAsync(request, _ => Task.FromResult(browser.Page()));
}
