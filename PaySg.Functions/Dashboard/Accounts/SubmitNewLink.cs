using PaySg.Functions.Access;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Creates the payment link of a form by the operation that the API calls. A reference is used once, so a form that is sent twice creates one link.</summary>
internal sealed class SubmitNewLink(
    CreatePaymentLink createPaymentLink, PaymentLinkStore links, LinkFormView view, AccountPages pages, OfficerForms officerForms, PaySgSettings settings, TimeProvider clock)
{
    /// <summary>303 to the link; 400 and the form again where a field is wrong; 409 where the account is not active.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var typed = new TypedLink(name => form[name]);
        try
        {
            var link = await createPaymentLink.RunAsync(call, visit.Account, typed.ReadNew(settings.IsDevelopment, clock.GetUtcNow()), Actor.Of(visit.Member));
            return pages.SeeOther($"{pages.LinkOf(visit.Account.Id, link.Id)}?{LinkSteps.Done}={LinkSteps.Created}");
        }
        catch (ApiException refused) when (refused.Error.Status == 422)
        {
            return view.New(400, visit, name => form[name], typed.InWordsOfOfficers(refused.Error), await OtherAsync(visit, form[TypedLink.ReffNo]));
        }
        catch (ApiException refused) when (refused.Error.Code == "account_inactive")
        {
            return view.New(409, visit, name => form[name], [], Html.Of($"This account is not active: no link can be created for it."));
        }
    }

    /// <summary>Where the account has a link of this reference, the way to it: it may be what this form created when it was sent first.</summary>
    private async Task<Html?> OtherAsync(AccountVisit visit, string reffNo) =>
        PaymentLinkReffNo.IsValid(reffNo) && await links.FindIdAsync(visit.Account.Id, reffNo, CancellationToken.None) is { } id
            ? Html.Of($"""There is <a href="{pages.LinkOf(visit.Account.Id, id)}">a link with this reference</a>: perhaps this form created it when it was sent before.""")
            : null;
}
