using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Attempts;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// Does what a form of a payment's page asks for, and sends the browser on to a page that may be loaded again without doing it again. Amount and payee
/// are the payment's: no form names them.
/// </summary>
internal sealed class SubmitPaymentPage(
    ShowPaymentPage showPage,
    PaymentPages pages,
    PageAnswers answers,
    PayPayment payPayment,
    TakeGatewayNotice takeNotice,
    SettleSandboxAttempt settleSandboxAttempt,
    SandboxGateway sandbox,
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
        return (form["action"], PayerMethod.Find(form["method"])) switch
        {
            ("pay", null) => await ShowAgainAsync(paymentId, pages.MethodsAgain, path, call.ClientLeft),
            ("pay", var method) when method == PayerMethod.Card => await PayByCardAsync(
                ownerId, paymentId, CardForm.Read(form, clock.GetUtcNow()), path, call.ClientLeft),
            ("pay", var method) => await PayAsync(ownerId, paymentId, new PaymentMethod(method.Kind, ""), path, call.ClientLeft),
            ("look", _) => await LookAsync(ownerId, paymentId, path, call.ClientLeft),
            ("settle", _) when gateway.IsSandbox => await SettleAsync(ownerId, paymentId, form, path, call.ClientLeft),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        };
    }

    private Task<ApiAnswer> PayByCardAsync(string ownerId, string paymentId, CardForm card, string path, CancellationToken clientLeft) =>
        card.Method is { } method
            ? PayAsync(ownerId, paymentId, method, path, clientLeft)
            : ShowAgainAsync(paymentId, (payment, service) => pages.Card(payment, service, card), path, clientLeft);

    /// <summary>The form once more, with what is wrong; where there is nothing to pay any more, what is true instead.</summary>
    private async Task<ApiAnswer> ShowAgainAsync(
        string paymentId, Func<Payment, PaymentService?, ApiAnswer> show, string path, CancellationToken clientLeft)
    {
        var (payment, service) = await showPage.FindAsync(paymentId, clientLeft);
        return payment.Status == PaymentStatus.Unpaid ? show(payment, service) : answers.SeeOther(path);
    }

    private async Task<ApiAnswer> PayAsync(string ownerId, string paymentId, PaymentMethod method, string path, CancellationToken clientLeft) =>
        answers.SeeOther(path + await payPayment.RunAsync(ownerId, paymentId, method, keyed: null, clientLeft) switch
        {
            PaymentCharge.Refused refused => StepAfter(refused.Why),
            PaymentCharge.Made { Refusal: { } refusal } => StepAfter(refusal),
            PaymentCharge.Made { Attempt.Status: ChargeAttemptStatus.Succeeded } => PaymentPagePath.Step(PaymentPagePath.Done),
            PaymentCharge.Made { Attempt: { Status: ChargeAttemptStatus.Failed } failed } => PaymentPagePath.FailureOf(method.Kind, failed.FailureReason),
            _ => PaymentPagePath.Step(PaymentPagePath.Waiting),
        });

    private static string StepAfter(ChargeRefusal refusal) => refusal switch
    {
        // A second click, another tab, another device: the page says what is true.
        ChargeRefusal.AlreadyPaid or ChargeRefusal.Cancelled => "",
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

    private async Task<ApiAnswer> SettleAsync(string ownerId, string paymentId, PageForm form, string path, CancellationToken clientLeft)
    {
        var attemptId = form["attempt"];
        var outcome = form["outcome"];
        if (!SettleSandboxAttempt.IsAttemptId(attemptId)
            || outcome is not ("succeeded" or "failed")
            || await sandbox.FindPendingAsync(attemptId, clientLeft) is not { } notice
            || notice != new AttemptKey(ownerId, paymentId, attemptId))
        {
            throw ApiErrors.AttemptNotFound();
        }

        await settleSandboxAttempt.RunAsync(notice, succeeds: outcome == "succeeded");
        return answers.SeeOther(path + PaymentPagePath.Step(PaymentPagePath.Waiting));
    }
}
