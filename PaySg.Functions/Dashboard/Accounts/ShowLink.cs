using PaySg.Functions.Access;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Shows a payment link, or the form of a step. A step that the link does not allow shows the link.</summary>
internal sealed class ShowLink(PaymentLinkStore links, ListLinkHistories histories, LinkView view, LinkFormView forms)
{
    private const int Limit = 20;

    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">400 for a place in the list of its histories that is none; 403 for a step that the member may not take; 404.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit, string linkId)
    {
        var link = (await links.GetAsync(visit.Account.Id, linkId, call.ClientLeft)).Link;
        var query = call.Request.Query;
        ListAddress.Require(query, LinkSteps.Step, LinkSteps.Done, ListAddress.After);
        switch (query[LinkSteps.Step].ToString())
        {
            case LinkSteps.Edit:
                visit.Demand(Permission.Billing);
                return forms.Edit(200, visit, link, TermsMark.Of(link.Terms), TypedLink.FieldsOf(link), [], refusal: null);
            case LinkSteps.Close when link.Status != PaymentLinkStatus.Closed:
                visit.Demand(Permission.Billing);
                return view.ConfirmClose(visit, link);
            default:
                var done = query[LinkSteps.Done].ToString();
                var after = ListAddress.ReadAfter(query, static id => PaymentLinkId.Parse(id) is not null);
                return await DetailAsync(200, visit, link, PaymentLinkId.Parse(after), done is LinkSteps.Created or LinkSteps.Edit or LinkSteps.Close ? done : null, refusal: null, call.ClientLeft);
        }
    }

    /// <summary>The link as it is now, with why something was not done.</summary>
    public async Task<ApiAnswer> RefuseAsync(int status, AccountVisit visit, string linkId, string refusal)
    {
        var link = (await links.GetAsync(visit.Account.Id, linkId, CancellationToken.None)).Link;
        return await DetailAsync(status, visit, link, after: null, done: null, refusal, CancellationToken.None);
    }

    private async Task<ApiAnswer> DetailAsync(int status, AccountVisit visit, PaymentLink link, long? after, string? done, string? refusal, CancellationToken cancellationToken) =>
        view.Detail(status, visit, link, await histories.RunAsync(link, after, Limit, cancellationToken), done, refusal);
}
