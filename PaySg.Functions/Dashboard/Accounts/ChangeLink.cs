using PaySg.Functions.Access;
using PaySg.Functions.Pages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>
/// Closes a link or changes its terms, by the operation that the API calls. A form says which terms its sender saw: where somebody has changed them in the meantime,
/// nothing is written and the sender reads so. A form that is sent twice is done once.
/// </summary>
internal sealed class ChangeLink(
    UpdatePaymentLink updatePaymentLink, PaymentLinkStore links, ShowLink showLink, LinkFormView forms, AccountPages pages, OfficerForms officerForms, PaySgSettings settings, TimeProvider clock)
{
    /// <summary>303 to the link; 400 and the form again where a field is wrong; 409 where somebody was faster.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit, string linkId)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        visit.Demand(Permission.Billing);
        return form["action"] switch
        {
            LinkSteps.Close => await CloseAsync(call, visit, linkId, form),
            LinkSteps.Edit => await EditAsync(call, visit, linkId, form),
            _ => throw FormRefusal.UnknownAction(),
        };
    }

    private async Task<ApiAnswer> CloseAsync(ApiCall call, AccountVisit visit, string linkId, PageForm form)
    {
        string? refusal = null;
        var link = await updatePaymentLink.RunAsync(call, visit.Account.Id, linkId, terms =>
        {
            refusal = terms.Status == PaymentLinkStatus.Closed ? "The link was closed before: by somebody else, or by this form, sent twice."
                : TermsMark.Of(terms) != form[SeenMark.Field] ? "Somebody has changed this link in the meantime. Look at it as it is now, and close it if that is still right."
                : null;
            return refusal is null ? terms with { Status = PaymentLinkStatus.Closed } : null;
        }, Actor.Of(visit.Member));
        return refusal is null ? Done(visit, link, LinkSteps.Close) : await showLink.RefuseAsync(409, visit, linkId, refusal);
    }

    private async Task<ApiAnswer> EditAsync(ApiCall call, AccountVisit visit, string linkId, PageForm form)
    {
        var shown = (await links.GetAsync(visit.Account.Id, linkId, call.ClientLeft)).Link;
        var typed = new TypedLink(name => form[name]);
        try
        {
            var wanted = typed.ReadChange(shown, settings.IsDevelopment, clock.GetUtcNow());
            PaymentLinkTerms? newer = null;
            var link = await updatePaymentLink.RunAsync(call, visit.Account.Id, linkId, terms =>
            {
                var changed = wanted(terms);
                var isAsSeen = TermsMark.Of(terms) == form[SeenMark.Field];
                newer = isAsSeen || TermsMark.Of(terms) == TermsMark.Of(changed) ? null : terms;
                return isAsSeen ? changed : null;
            }, Actor.Of(visit.Member));
            return newer is null
                ? Done(visit, link, LinkSteps.Edit)
                : forms.Edit(409, visit, link, TermsMark.Of(newer), name => form[name], [], Html.Of($"""
                    Somebody has changed this link in the meantime. <a href="{pages.LinkOf(visit.Account.Id, link.Id)}">Look at it as it is now</a>. If you save again, what you typed takes the place of that.
                    """));
        }
        catch (ApiException refused) when (refused.Error.Status == 422)
        {
            return forms.Edit(400, visit, shown, form[SeenMark.Field], name => form[name], typed.InWordsOfOfficers(refused.Error), refusal: null);
        }
    }

    private ApiAnswer Done(AccountVisit visit, PaymentLink link, string step) => pages.SeeOther($"{pages.LinkOf(visit.Account.Id, link.Id)}?{LinkSteps.Done}={step}");
}
