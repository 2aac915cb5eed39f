using PaySg.Functions.Access;

namespace PaySg.Functions.Pages.Payments;

/// <summary><c>POST /payments/{payment_id}</c>: the forms of the payer's page.</summary>
internal sealed class SubmitPaymentPageFunction(IApiBoundary api, SubmitPaymentPage submitPage, PageAnswers pages, GuessLimits guesses)
{
    /// <summary>303 to the page that shows what came of it.</summary>
    [Function("SubmitPaymentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "payments/{paymentId}")] HttpRequest request,
        string paymentId) =>
        api.AnswerAsync(request, call => guesses.WatchAsync(call, () => submitPage.RunAsync(call, paymentId)), pages.ErrorFor(request));
}
