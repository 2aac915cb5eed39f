using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Attempts;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// Does what a form of a payment's page asks for, and sends the browser on to a page that may be loaded again without doing it again. Amount and payee
/// are the payment's: no form names them.
/// </summary>
internal sealed class SubmitPaymentPage(
    ShowPaymentPage showPage,
    Func<Reader, PaymentPages> pagesFor,
    PageAnswers answers,
    PayPayment payPayment,
    TakeGatewayNotice takeNotice,
    ISimulatedBank bank,
    GatewayBorder gateway,
    PaySgSettings settings,
    TimeProvider clock)
{
    /// <summary>303 to the page that shows what came of it; 400 and the form again where a field is wrong.</summary>
    /// <exception cref="ApiException">400, 402, 403, 404, 413, 415, 429, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentId)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        var ownerId = await showPage.FindOwnerAsync(paymentId, call.ClientLeft);
        var path = PaymentPagePath.Of(answers.Root, paymentId);
        CallerPatience.LeadOnTo(answers.SeeOther(path + PaymentPagePath.Step(PaymentPagePath.Waiting)));
        CardForm.RefuseWhereNobodyTakesCards(form, gateway.Cards);
        return form["action"] switch
        {
            "pay" => await PayAsync(call, ownerId, paymentId, form, path),
            "look" => await LookAsync(ownerId, paymentId, path, call.ClientLeft),
            "settle" when gateway.IsSandbox => await SettleAsync(ownerId, paymentId, form, path),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        };
    }

    private async Task<ApiAnswer> PayAsync(ApiCall call, string ownerId, string paymentId, PageForm form, string path)
    {
        if (gateway.Methods.FirstOrDefault(method => method.Kind == form["method"]) is not { } method)
            return await ShowAgainAsync(call, paymentId, form, static (pages, payment, service) => pages.MethodsAgain(payment, service), path);

        if (!method.TakesCardHere || gateway.Cards is not { } cards)
        {
            // Where nothing is typed, the language is changed by links.
            return form.IsSwitch ? answers.SeeOther(path) : await PayAsync(ownerId, paymentId, new PaymentMethod(method.Kind, ""), path, call);
        }

        var card = CardForm.Read(form, cards, clock.GetUtcNow());
        return card.Method is { } ofCard
            ? await PayAsync(ownerId, paymentId, ofCard, path, call)
            : await ShowAgainAsync(call, paymentId, form, (pages, payment, service) => pages.Card(payment, service, card), path);
    }

    /// <summary>The form once more, with what is wrong, or in another language; where there is nothing to pay any more, what is true instead.</summary>
    private async Task<ApiAnswer> ShowAgainAsync(
        ApiCall call, string paymentId, PageForm form, Func<PaymentPages, Payment, PaymentService?, ApiAnswer> show, string path)
    {
        var (payment, service) = await showPage.FindAsync(paymentId, call.ClientLeft);
        return payment.Status == PaymentStatus.Unpaid
            ? show(pagesFor(Reader.Of(call.Request, payment.Details.Locale, form.Language)), payment, service)
            : answers.SeeOther(path);
    }

    private async Task<ApiAnswer> PayAsync(string ownerId, string paymentId, PaymentMethod method, string path, ApiCall call) =>
        answers.SeeOther(path + await payPayment.RunAsync(ownerId, paymentId, method, Reader.WishOf(call.Request), keyed: null, call.ClientLeft) switch
        {
            PaymentCharge.Refused refused => StepAfter(refused.Why),
            PaymentCharge.Made { Refusal: { } refusal } => StepAfter(refusal),
            PaymentCharge.Made { Attempt.Status: ChargeAttemptStatus.Succeeded } => PaymentPagePath.Step(PaymentPagePath.Done),
            PaymentCharge.Made { Attempt.NextStep.RedirectUrl: not null } => PaymentPagePath.Step(PaymentPagePath.Onward),
            PaymentCharge.Made { Attempt.Status: ChargeAttemptStatus.Failed } => PaymentPagePath.Step(PaymentPagePath.Failed),
            _ => PaymentPagePath.Step(PaymentPagePath.Waiting),
        });

    private static string StepAfter(ChargeRefusal refusal) => refusal switch
    {
        // A second click, another tab, another device: the page says what is true.
        ChargeRefusal.AlreadyPaid or ChargeRefusal.Cancelled => "",

        // The page of the choice says which amounts are taken.
        ChargeRefusal.AmountNotTaken => PaymentPagePath.Step(PaymentPagePath.Method),
        ChargeRefusal.Superseded or ChargeRefusal.Processing or ChargeRefusal.InDoubt => PaymentPagePath.Step(PaymentPagePath.Waiting),
        _ => throw ChargeAttemptAnswer.ErrorOf(refusal),
    };

    private async Task<ApiAnswer> LookAsync(string ownerId, string paymentId, string path, CancellationToken clientLeft)
    {
        var (payment, _) = await showPage.FindAsync(paymentId, clientLeft);
        if (payment.LiveAttemptId is { } live)
        {
            // Where the gateway is silent the payer goes on waiting.
            await takeNotice.RunAsync(new AttemptKey(ownerId, paymentId, live));
        }

        return answers.SeeOther(path + PaymentPagePath.Step(PaymentPagePath.Waiting));
    }

    private async Task<ApiAnswer> SettleAsync(string ownerId, string paymentId, PageForm form, string path)
    {
        var outcome = form["outcome"];
        if (outcome is not ("succeeded" or "failed"))
            throw ApiErrors.AttemptNotFound();

        await bank.SettleAsync(new AttemptKey(ownerId, paymentId, form["attempt"]), succeeds: outcome == "succeeded");
        return answers.SeeOther(path + PaymentPagePath.Step(PaymentPagePath.Waiting));
    }
}
