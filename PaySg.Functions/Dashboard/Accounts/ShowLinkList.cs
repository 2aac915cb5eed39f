using Microsoft.AspNetCore.WebUtilities;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The payment links of an account, newest first, twenty a page; or the one that has a reference.</summary>
internal sealed class ShowLinkList(ListNewest listNewest, PaymentLinkStore links, AccountPages pages, TimeProvider clock)
{
    private const int PerPage = 20;
    private const string Page = "page";

    /// <summary>200 and a page; 400 where the page is none, or the address asks for what nothing is searched by.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var query = call.Request.Query;
        var reffNo = query[TypedLink.ReffNo].ToString().Trim();
        var wrong = ListAddress.Check(query, [TypedLink.ReffNo], Page);
        if (wrong.Count > 0)
            return Print(400, visit, reffNo, found: [], older: null, total: null, wrong);

        if (reffNo.Length > 0 && !query.ContainsKey(Page))
            return Print(200, visit, reffNo, await FindAsync(visit.Account.Id, reffNo, call.ClientLeft), older: null, total: null);

        var errors = new List<FieldError>();
        var asked = PaymentLinkPageRequest.Read(query, errors) with { PerPage = PerPage };
        if (reffNo.Length > 0 || errors.Count > 0 || (long)asked.Page * PerPage > PaymentLinkPageRequest.Deepest)
            return Print(400, visit, reffNo, found: null, older: null, total: null);

        var page = await listNewest.RunAsync(visit.Account.Id, ListedRows.Links, asked, PaymentLinkRows.Read, call.ClientLeft);
        return Print(200, visit, reffNo, page.Entries, asked.HasNext(page.Total) ? asked.Page + 1 : null, page.Total);
    }

    /// <summary>Two reads: the name, and the link that has it.</summary>
    private async Task<IReadOnlyList<PaymentLink>> FindAsync(string accountId, string reffNo, CancellationToken cancellationToken) =>
        PaymentLinkReffNo.IsValid(reffNo)
        && await links.FindIdAsync(accountId, reffNo, cancellationToken) is { } id
        && await links.FindAsync(accountId, id, cancellationToken) is { } stored
            ? [stored.Link]
            : [];

    private ApiAnswer Print(int status, AccountVisit visit, string reffNo, IReadOnlyList<PaymentLink>? found, int? older, long? total, params IReadOnlyList<FieldError> errors) => pages.Page(status, visit, $"Payment links of {visit.Account.Name}", Html.Of($"""
        <h1>Payment links</h1>
        {(found is null ? FormField.Mistakes("There is no such page", [], Html.Of($"""<a href="{pages.LinksOf(visit.Account.Id)}">Begin at the newest link</a>""")) : Html.Empty)}
        {FormField.Mistakes("Nothing was searched. Please check:", errors)}
        <form method="get" action="{pages.LinksOf(visit.Account.Id)}" class="filters" role="search" aria-label="Payment links">
        {new FormField(TypedLink.ReffNo, "Reference", reffNo) { Hint = "The whole reference, as it was given.", IsFilter = true, MaxLength = PaymentLinkReffNo.MaxLength }.Print(errors)}
        <p class="actions"><button class="button" type="submit">Search</button> <a class="quiet" href="{pages.LinksOf(visit.Account.Id)}">Clear</a></p>
        </form>
        {Html.When(total > 0, $"<p class=\"strip\"><span>{Counts.Print(total ?? 0)} {(total == 1 ? "link" : "links")}</span></p>")}
        {(found is null || errors.Count > 0 ? Html.Empty : found.Count > 0 ? Table(visit, found) : Html.Of($"<p>{(reffNo.Length > 0 ? "No link of this account has this reference." : "There is no link here.")}</p>"))}
        {(older is null ? Html.Empty : Html.Of($"""<p class="actions"><a class="button second" href="{QueryHelpers.AddQueryString("", Page, older.Value.ToString(CultureInfo.InvariantCulture))}">Older links</a></p>"""))}
        """));

    private Html Table(AccountVisit visit, IReadOnlyList<PaymentLink> found)
    {
        var now = clock.GetUtcNow();
        return Html.Of($"""
            <table class="list">
            <caption class="unseen">Payment links</caption>
            <thead><tr><th scope="col">Reference</th><th scope="col">Title</th><th scope="col">Paid</th><th scope="col">Status</th><th scope="col" class="money">Amount</th></tr></thead>
            <tbody>
            {Html.Join(found.Select(link => Html.Of($"""
                <tr><th scope="row"><a href="{pages.LinkOf(visit.Account.Id, link.Id)}">{link.ReffNo}</a></th><td>{link.Title}</td><td>Paid {LinkWords.UsesOf(link)}</td><td>{LinkWords.StatusOf(link, now)}</td><td class="money">{Texts.Rupiah(link.TotalAmount)}</td></tr>
                """)))}
            </tbody>
            </table>
            """);
    }
}
