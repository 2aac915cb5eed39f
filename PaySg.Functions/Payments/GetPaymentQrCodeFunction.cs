using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments;

/// <summary>
/// <c>GET /v1/public/payments/{payment_id}-qr.png</c>: the QR code that leads to the payer's page, for whoever knows the payment's id. It depends on
/// the id alone, so the payment is not read: an id of the right form whose payment service exists is answered even where there is no such
/// payment (the page that it leads to says so), and the image may be kept for long.
/// </summary>
internal sealed class GetPaymentQrCodeFunction(IApiBoundary api, PaymentServiceStore services, PaymentUrls urls, GuessLimits guesses)
{
    private const string Ending = "-qr.png";

    // One parameter for the whole segment: in {paymentId}-qr.png the Functions host would have to find the end of an id that may hold dashes.
    /// <summary>200 and a PNG image.</summary>
    [Function("GetPaymentQrCode")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/public/payments/{file}")] HttpRequest request,
        string file) =>
        api.AnswerAsync(request, call => guesses.WatchAsync(call, async () =>
        {
            var paymentId = file.EndsWith(Ending, StringComparison.Ordinal) ? file[..^Ending.Length] : "";
            if (!PaymentId.IsValid(paymentId)
                || await services.FindIdByCodeAsync(PaymentId.ServiceCodeOf(paymentId), call.ClientLeft) is null)
            {
                throw ApiErrors.PaymentNotFound();
            }

            return new ApiAnswer(200, QrCodePng.Of(urls.PageOf(paymentId)))
            {
                ContentType = "image/png",
                CacheControl = "public, max-age=86400, immutable",
            };
        }));
}
