using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>
/// Shows a payment link to whoever knows its <c>reff_no</c>, and an attempt on it to whoever knows the attempt's number: two reads of storage, one after the
/// other. What link and attempt are decides which page it is; the step in the address only chooses among the pages of a link that takes payments.
/// </summary>
internal sealed class ShowLinkPage(FindLinkPage find, Func<Reader, LinkPages> pagesFor, Func<Reader, LinkAttemptPages> attemptPagesFor, GatewayBorder gateway, IdGenerator ids, TimeProvider clock)
{
    /// <summary>200 and the page; 400 with a method that the link does not take; 303 to the attempt that a form began.</summary>
    /// <exception cref="ApiException">404, the same for every <c>reff_no</c> and every attempt that is none.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string reffNo)
    {
        var claim = await find.ClaimAsync(reffNo, call.ClientLeft);
        var query = call.Request.Query;
        if (query["attempt"].ToString() is { Length: > 0 } attemptNo)
            return await AttemptAsync(call, claim, attemptNo, query["step"].ToString());

        if (query[FormKey.Field].ToString() is var formKey && FormKey.IsKey(formKey) && await find.FormAsync(call, claim, formKey) is { } outcome)
            return outcome;

        var (link, account) = await find.LinkAsync(claim, call.ClientLeft);
        var pages = pagesFor(Reader.Of(call.Request, link.Locale));
        return LinkRefusals.Of(link, account, gateway.TakesLinkMethods, clock.GetUtcNow()) is { } refusal ? pages.Refusal(link, account, refusal) : Open(pages, link, account, query);
    }

    private async Task<ApiAnswer> AttemptAsync(ApiCall call, PaymentLinkClaim claim, string attemptNo, string step)
    {
        var linkRead = find.LinkAsync(claim, call.ClientLeft);
        var attempt = await find.AttemptAsync(claim, attemptNo, call.ClientLeft).BesideAsync(linkRead);
        var (link, account) = await linkRead;
        if (attempt is null)
            throw ApiErrors.AttemptNotFound();

        var now = clock.GetUtcNow();
        var pages = attemptPagesFor(Reader.Of(call.Request, link.Locale));
        var picture = step == LinkPagePath.Qr ? pages.QrPicture(attempt, now) : null;
        return picture ?? pages.Show(link, account, attempt, now, isReturning: step is LinkPagePath.Waiting or LinkPagePath.Done);
    }

    private ApiAnswer Open(LinkPages pages, PaymentLink link, Account? account, IQueryCollection query) =>
        (query["step"].ToString(), PaymentLinkMethods.Find(query["method"].ToString())) switch
        {
            (LinkPagePath.Method, _) => pages.Methods(link, account),
            (LinkPagePath.Details, { } method) when link.Allows(method.Code) =>
                pages.Details(link, account, LinkForm.Blank(method), ids.NewFormKey(clock.GetUtcNow())),
            (LinkPagePath.Details, _) => pages.MethodsAgain(link, account),
            _ => pages.Summary(link, account),
        };
}
