namespace PaySg.Functions.Pages;

/// <summary><c>GET /</c>: where to go on from here.</summary>
internal sealed class ShowHomePageFunction(IApiBoundary api, HomePage page, PageAnswers pages)
{
    // Not "/": behind a prefix that is empty the worker reads it as "//", which is no template, and then no HTTP function of the app answers.
    private const string Root = "{root:maxlength(0)?}";

    /// <summary>200 and the page.</summary>
    [Function("ShowHomePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Root)] HttpRequest request) =>
        api.AnswerAsync(request, _ => Task.FromResult(page.Answer(Reader.Of(request))), pages.ErrorFor(request));
}
