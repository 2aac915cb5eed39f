using PaySg.Functions.Access;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary><c>GET /b2b/{reff_no}</c>: the payer's page of a payment link, where its <c>payment_url</c> leads (Singapay's page "Update").</summary>
internal sealed class ShowLinkPageFunction(IApiBoundary api, ShowLinkPage showPage, PageAnswers pages, GuessLimits guesses)
{
    /// <summary>200 and the page.</summary>
    [Function("ShowLinkPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "b2b/{reffNo}")] HttpRequest request,
        string reffNo) =>
        api.AnswerAsync(request, call => guesses.WatchAsync(call, () => showPage.RunAsync(call, reffNo)), pages.ErrorFor(request));
}
