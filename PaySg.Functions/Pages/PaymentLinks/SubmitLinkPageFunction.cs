using PaySg.Functions.Access;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary><c>POST /b2b/{reff_no}</c>: the forms of the payer's page of a payment link.</summary>
internal sealed class SubmitLinkPageFunction(IApiBoundary api, SubmitLinkPage submitPage, PageAnswers pages, GuessLimits guesses)
{
    /// <summary>303 to the page that shows what came of it.</summary>
    [Function("SubmitLinkPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "b2b/{reffNo}")] HttpRequest request,
        string reffNo) =>
        api.AnswerAsync(request, call => guesses.WatchAsync(call, () => submitPage.RunAsync(call, reffNo)), pages.ErrorFor(request));
}
