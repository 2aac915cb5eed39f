using Microsoft.Net.Http.Headers;
using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// <c>GET …/payments/{payment_id}/receipt</c>: the tax invoice or receipt of a payment with its credit notes, as JSON, or as HTML to keep or print where
/// <c>Accept</c> asks for it. An addition of ours to the PaySG API.
/// </summary>
internal sealed class GetReceiptFunction(IApiBoundary api, ApiKeyGate gate, PaymentStore payments, PaymentServiceStore services, Func<Reader, PaymentPages> pagesFor)
{
    private const string Html = "text/html";
    private const string Json = "application/json";

    /// <summary>200 and the document, by the one point read of the payment; 402 where it is not paid.</summary>
    [Function("GetReceipt")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/payments/{paymentId}/receipt")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            await gate.AuthorizeAsync(call, paymentServiceId, Permission.View);
            KnownParameters.Check(call.Request.Query);
            var payment = (await payments.GetAsync(paymentServiceId, paymentId, call.ClientLeft)).Payment;
            if (payment.Status != PaymentStatus.Paid)
                throw ApiErrors.PaymentHasNoReceipt(payment.Status.Name());

            var current = payment.Supplier is null ? await services.FindRememberedAsync(paymentServiceId, call.ClientLeft) : null;
            var receipt = PaymentReceipt.Of(payment, current);
            var answer = PrefersHtml(call.Request) ? pagesFor(Reader.OfDocument(call.Request, payment.PayerLanguage ?? payment.Details.Locale)).Document(payment, receipt) : new ApiAnswer(200, PaymentReceiptJson.Print(receipt, payment));
            return answer.WithHeader("Vary", "Accept, Accept-Language");
        });

    /// <summary>Whether HTML is named, and JSON is not wanted more. What is not understood asks for nothing.</summary>
    private static bool PrefersHtml(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;

        return QualityOf(Html) is > 0 and var html && html >= QualityOf(Json);

        double QualityOf(string type) => accepted.FirstOrDefault(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) is { } range ? range.Quality ?? 1 : 0;
    }
}
