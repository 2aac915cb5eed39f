using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// Shows a payment to whoever knows its id: one read of storage, refunds and the attempt under way included. What the payment is decides which page it
/// is; the step in the address only chooses among the pages of an unpaid one.
/// </summary>
internal sealed class ShowPaymentPage(PaymentServiceStore services, PaymentStore payments, Func<Reader, PaymentPages> pagesFor, TimeProvider clock)
{
    /// <summary>200 and the page; 400 with a method that is not offered.</summary>
    /// <exception cref="ApiException">404, the same for every id that is none.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentId)
    {
        var (payment, service) = await FindAsync(paymentId, call.ClientLeft);
        var pages = pagesFor(Reader.Of(call.Request, payment.Details.Locale));
        var query = call.Request.Query;
        var step = query["step"].ToString();
        return payment.Status switch
        {
            PaymentStatus.Paid => pages.Receipt(payment, service, isReturning: step is PaymentPagePath.Done or PaymentPagePath.Waiting or PaymentPagePath.Onward),
            PaymentStatus.Cancelled => pages.Cancelled(payment, service),
            _ => Unpaid(pages, payment, service, step, query),
        };
    }

    /// <summary>The id of the payment service whose payment it is.</summary>
    /// <exception cref="ApiException">404.</exception>
    internal async Task<string> FindOwnerAsync(string paymentId, CancellationToken cancellationToken) =>
        (PaymentId.IsValid(paymentId) ? await services.FindIdByCodeAsync(PaymentId.ServiceCodeOf(paymentId), cancellationToken) : null)
        ?? throw ApiErrors.PaymentNotFound();

    /// <summary>The payment as it is now, and its service as it was a moment ago.</summary>
    /// <exception cref="ApiException">404.</exception>
    internal async Task<(Payment Payment, PaymentService? Service)> FindAsync(string paymentId, CancellationToken cancellationToken)
    {
        var ownerId = await FindOwnerAsync(paymentId, cancellationToken);
        var payment = (await payments.GetAsync(ownerId, paymentId, cancellationToken)).Payment;
        return (payment, await services.FindRememberedAsync(ownerId, cancellationToken));
    }

    private ApiAnswer Unpaid(PaymentPages pages, Payment payment, PaymentService? service, string step, IQueryCollection query)
    {
        var method = pages.Find(query["method"]);
        var isChoosing = step is PaymentPagePath.Method or PaymentPagePath.Details;
        if ((isChoosing || payment.LiveAttempt is null) && payment.FailedTries?.WaitAt(clock.GetUtcNow()) is { } wait && wait > TimeSpan.Zero)
            return pages.Locked(payment, service, clock.GetUtcNow() + wait);

        return step switch
        {
            PaymentPagePath.Method => pages.Methods(payment, service),
            PaymentPagePath.Details when method is null || !method.Offered.Takes(payment.Details.AmountInCents) => pages.MethodsAgain(payment, service),
            PaymentPagePath.Details when method.Offered.TakesCardHere => pages.Card(payment, service, CardForm.Blank),
            PaymentPagePath.Details when method.Kind == MethodKinds.PayNow => pages.PayNow(payment, service),
            PaymentPagePath.Details => pages.CardElsewhere(payment, service),
            PaymentPagePath.Qr when payment.LiveAttempt?.NextStep?.QrText is { } text => pages.QrPicture(payment, text),

            // A page of the gateway's that is closed has no way back to ours.
            PaymentPagePath.Onward when payment.LiveAttempt is { NextStep.RedirectUrl: { } url } live && !pages.IsOver(payment, live) => pages.Onward(payment, service, url),
            _ when payment.LiveAttempt is { } live => pages.Waiting(payment, service, live),

            // The payer comes back from an attempt that has ended, and the payment is not paid.
            PaymentPagePath.Failed or PaymentPagePath.Waiting or PaymentPagePath.Onward or PaymentPagePath.Back when payment.LastFailure is { } failure =>
                pages.Failed(payment, service, failure),
            _ => pages.Summary(payment, service),
        };
    }
}
