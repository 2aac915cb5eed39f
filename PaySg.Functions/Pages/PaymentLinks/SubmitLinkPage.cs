using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>
/// Does what a form of a payment link's page asks for, and sends the browser on to a page that may be loaded again without doing it again. Amount and payee
/// are the link's: no form names them. A form pays once, by its key (<see cref="FormKey"/>).
/// </summary>
internal sealed class SubmitLinkPage(
    FindLinkPage find,
    Func<Reader, LinkPages> pagesFor,
    PageAnswers answers,
    PayLink payLink,
    TakeGatewayNotice takeNotice,
    ISimulatedBank bank,
    GatewayBorder gateway,
    IdGenerator ids,
    PaySgSettings settings,
    TimeProvider clock)
{
    /// <summary>303 to the page that shows what came of it; 400 and the form again where a field is wrong.</summary>
    /// <exception cref="ApiException">400, 402, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string reffNo)
    {
        var form = await PageForm.ReadAsync(call.Request, settings.PublicBaseUrl, call.ClientLeft);
        var claim = await find.ClaimAsync(reffNo, call.ClientLeft);
        CardForm.RefuseWhereNobodyTakesCards(form, gateway.Cards);
        return (form["action"], PaymentLinkMethods.Find(form["method"])) switch
        {
            ("pay", null) => await ShowAgainAsync(call, claim, form, static (pages, link, account) => pages.MethodsAgain(link, account)),
            ("pay", { } method) => await PayAsync(call, claim, form, LinkForm.Read(form, method, gateway.Cards, clock.GetUtcNow())),
            ("look", _) => await LookAsync(call, claim, form),
            ("settle", _) when gateway.IsSandbox => await SettleAsync(call, claim, form),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        };
    }

    private async Task<ApiAnswer> PayAsync(ApiCall call, PaymentLinkClaim claim, PageForm sent, LinkForm form)
    {
        var key = sent[FormKey.Field];
        if (form.Method is null || form.Errors.Count > 0 || !FormKey.IsGood(key, clock.GetUtcNow()))
            return await ShowAgainAsync(call, claim, sent, form);

        CallerPatience.LeadOnTo(SeeOther(claim, LinkPagePath.FormOf(key)));
        try
        {
            var order = new LinkOrder(claim, form.Chosen, form.Customer, form.Method!);
            return await payLink.RunAsync(order, find.Keyed(call, claim, key), call.ClientLeft) switch
            {
                LinkPayment.Made { Attempt: { Status: ChargeAttemptStatus.Succeeded } paid } => SeeOther(claim, LinkPagePath.PaidOf(paid.ReffNo)),
                LinkPayment.Made made when (made.Attempt?.ReffNo ?? LinkAttemptAnswer.ReffNoIn(made.Answer)) is { } attemptNo =>
                    SeeOther(claim, LinkPagePath.AttemptOf(attemptNo)),

                // The link asks who pays, or takes the method no longer.
                LinkPayment.Refused { Why: LinkRefusal.DetailsMissing or LinkRefusal.MethodNotAllowed } => await ShowAgainAsync(call, claim, sent, form),

                // It was closed, or paid by others, while the payer typed: the page says what is true.
                LinkPayment.Refused { Why: not LinkRefusal.InDoubt } => SeeOther(claim, ""),

                // What came of the form is found by its key.
                _ => SeeOther(claim, LinkPagePath.FormOf(key)),
            };
        }
        catch (KeyInUseException)
        {
            // A second click while the first is at the gateway: what came of the form is found by its key.
            return SeeOther(claim, LinkPagePath.FormOf(key));
        }
    }

    private Task<ApiAnswer> ShowAgainAsync(ApiCall call, PaymentLinkClaim claim, PageForm sent, LinkForm form) =>
        ShowAgainAsync(call, claim, sent, (pages, link, account) =>
        {
            if (!link.Allows(form.Chosen.Code))
                return pages.MethodsAgain(link, account);

            var now = clock.GetUtcNow();
            var shown = link.RequiredCustomerDetail ? form.AskingWhoPays() : form;
            var key = sent[FormKey.Field];
            var isGood = FormKey.IsGood(key, now);
            return pages.Details(link, account, shown, isGood ? key : ids.NewFormKey(now), isStale: !isGood && shown.Errors.Count == 0);
        });

    /// <summary>The form once more, with what is wrong, or in another language; where it was sent before, or there is nothing to pay any more, what is true instead.</summary>
    private async Task<ApiAnswer> ShowAgainAsync(ApiCall call, PaymentLinkClaim claim, PageForm sent, Func<LinkPages, PaymentLink, Account?, ApiAnswer> show)
    {
        var key = sent[FormKey.Field];
        if (FormKey.IsKey(key) && await find.FormAsync(call, claim, key) is { } outcome)
            return outcome;

        var (link, account) = await find.LinkAsync(claim, call.ClientLeft);
        return LinkRefusals.Of(link, account, gateway.TakesLinkMethods, clock.GetUtcNow()) is null
            ? show(pagesFor(Reader.Of(call.Request, link.Locale, sent.Language)), link, account)
            : SeeOther(claim, "");
    }

    private async Task<ApiAnswer> LookAsync(ApiCall call, PaymentLinkClaim claim, PageForm form)
    {
        var attempt = await AttemptAsync(call, claim, form);
        CallerPatience.LeadOnTo(SeeOther(claim, LinkPagePath.AttemptOf(attempt.ReffNo)));
        if (!attempt.IsFinal)
        {
            // Where the gateway is silent the payer goes on waiting.
            await takeNotice.RunAsync(attempt.Key);
        }

        return SeeOther(claim, LinkPagePath.AttemptOf(attempt.ReffNo));
    }

    private async Task<ApiAnswer> SettleAsync(ApiCall call, PaymentLinkClaim claim, PageForm form)
    {
        var outcome = form["outcome"];
        if (outcome is not ("succeeded" or "failed"))
            throw ApiErrors.AttemptNotFound();

        var attempt = await AttemptAsync(call, claim, form);
        CallerPatience.LeadOnTo(SeeOther(claim, LinkPagePath.AttemptOf(attempt.ReffNo)));
        if (attempt.Status == ChargeAttemptStatus.Pending)
            await bank.SettleAsync(attempt.Key, succeeds: outcome == "succeeded");

        return SeeOther(claim, LinkPagePath.AttemptOf(attempt.ReffNo));
    }

    private async Task<LinkAttempt> AttemptAsync(ApiCall call, PaymentLinkClaim claim, PageForm form) =>
        await find.AttemptAsync(claim, form["attempt"], call.ClientLeft) ?? throw ApiErrors.AttemptNotFound();

    private ApiAnswer SeeOther(PaymentLinkClaim claim, string query) => answers.SeeOther(LinkPagePath.Of(answers.Root, claim.ReffNo) + query);
}
