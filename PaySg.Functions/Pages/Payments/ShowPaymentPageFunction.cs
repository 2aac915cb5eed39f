using PaySg.Functions.Access;

namespace PaySg.Functions.Pages.Payments;

/// <summary><c>GET /payments/{payment_id}</c>: the payer's page of a payment, where <c>payment_url</c> leads (guide, page "Payment link page").</summary>
internal sealed class ShowPaymentPageFunction(IApiBoundary api, ShowPaymentPage showPage, PageAnswers pages, GuessLimits guesses)
{
    /// <summary>200 and the page.</summary>
    [Function("ShowPaymentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "payments/{paymentId}")] HttpRequest request,
        string paymentId) =>
        api.AnswerAsync(request, call => guesses.WatchAsync(call, () => showPage.RunAsync(call, paymentId)), pages.ErrorFor(request));
}
