using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The page of one payment link, and the last question before it is closed.</summary>
internal sealed class LinkView(AccountPages pages, PaymentLinkUrls urls, OfficerForms forms, TimeProvider clock)
{
    /// <summary>The link and what payers did on it.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="attempts">A page of the attempts.</param>
    /// <param name="done">What was just done, a step; null: nothing.</param>
    /// <param name="refusal">Why what was asked for was not done; null: nothing was refused.</param>
    public ApiAnswer Detail(int status, AccountVisit visit, PaymentLink link, RowPage<LinkAttempt> attempts, string? done, string? refusal) => pages.Page(status, visit, link.ReffNo, Html.Of($"""
        <h1>{link.ReffNo}</h1>
        <p class="strip"><strong>{Texts.Rupiah(link.TotalAmount)}</strong> {LinkWords.StatusOf(link, clock.GetUtcNow())}</p>
        {(refusal is null ? Html.Empty : FormField.Mistakes("Nothing was changed", [], Html.Of($"{refusal}")))}
        {Html.When(done is not null && refusal is null, $"""<p class="notice" role="status">{DoneText(done)}</p>""")}
        {Facts(link)}
        {Items(link)}
        <div class="field"><label for="link">The payers’ link</label>
        <input id="link" type="text" readonly value="{urls.PageOf(link.ReffNo)}"></div>
        <p class="links"><a href="{urls.PageOf(link.ReffNo)}">Open the payers’ page</a> <a href="{PathOf(visit, link)}/qr.png" download="{link.ReffNo}.png">Save its QR code</a></p>
        {Actions(visit, link)}
        <h2>Histories</h2>
        {Attempts(visit, link, attempts)}
        """));

    /// <summary>The last question before a link is closed.</summary>
    public ApiAnswer ConfirmClose(AccountVisit visit, PaymentLink link) => pages.Page(200, visit, link.ReffNo, Html.Of($"""
        <h1>Close this link?</h1>
        <p>Nobody can begin to pay {Texts.Rupiah(link.TotalAmount)} for {link.Title} any more. Whoever has begun may finish. You can open the link again.</p>
        <form method="post" action="{PathOf(visit, link)}">
        {forms.Hidden(visit.Person, LinkSteps.Close)}
        {SeenMark.Hidden(TermsMark.Of(link.Terms))}
        <p class="actions"><button class="button" type="submit">Close the link</button> <a class="quiet" href="{PathOf(visit, link)}">Back</a></p>
        </form>
        """));

    private string PathOf(AccountVisit visit, PaymentLink link) => pages.LinkOf(visit.Account.Id, link.Id);

    private static string DoneText(string? done) => done switch
    {
        LinkSteps.Created => "The link is created. Payers do not know of it yet: copy it, or save its QR code.",
        LinkSteps.Close => "The link is closed.",
        _ => "The change is saved.",
    };

    private static Html Facts(PaymentLink link) => Html.Of($"""
        <dl>
        {Fact.Of("Title", link.Title)}
        {Fact.Of("Description", link.Description)}
        {Fact.Of("Paid", LinkWords.UsesOf(link))}
        {Fact.Of("Last paid", link.PaymentDate is { } paid ? Texts.English.JakartaTime(paid) : null)}
        {Fact.Of("Ends at", link.ExpiredAt is { } end ? Texts.English.JakartaTime(end) : "Never")}
        {Fact.Of("Ways to pay", link.WhitelistedPaymentMethod is { } codes ? string.Join(", ", codes.Select(static code => PaymentLinkMethods.Find(code)?.Name ?? code)) : "All")}
        {Fact.Of("Asks the payer for", link.RequiredCustomerDetail ? "Name, email and phone" : null)}
        {Fact.Of("Meant for", string.Join(", ", new[] { link.CustomerName, link.CustomerEmail, link.CustomerPhone }.Where(static text => !string.IsNullOrEmpty(text))))}
        {Fact.Of("Payers go to", link.RedirectUrl)}
        {Fact.Of("After paying", link.SuccessRedirectUrl)}
        {Fact.Of("Once it has ended", link.ExpiredRedirectUrl)}
        {Fact.Of("Metadata", link.OptionalMetadata)}
        {Fact.Of("Created", Texts.English.JakartaTime(link.CreatedAt))}
        {Fact.Of("Changed", Texts.English.JakartaTime(link.UpdatedAt))}
        {Fact.Of("Link id", link.Id.ToString(CultureInfo.InvariantCulture))}
        </dl>
        """);

    private static Html Items(PaymentLink link) => Html.When(link.Items is { Count: > 0 }, $"""
        <h2>Items</h2>
        <ul>
        {Html.Join((link.Items ?? []).Select(static item => Html.Of($"<li>{item.Name}: {Texts.Count(item.Quantity.Value)} × {Texts.Rupiah(item.UnitPrice.Value)} = {Texts.Rupiah(item.Subtotal)}</li>")))}
        </ul>
        """);

    private Html Actions(AccountVisit visit, PaymentLink link) => Html.When(visit.May(Permission.Billing), $"""
        <div class="actions"><a class="button" href="{PathOf(visit, link)}?step={LinkSteps.Edit}">Change</a>{Html.When(link.Status != PaymentLinkStatus.Closed, $"""<a class="button second" href="{PathOf(visit, link)}?step={LinkSteps.Close}">Close the link</a>""")}</div>
        """);

    private Html Attempts(AccountVisit visit, PaymentLink link, RowPage<LinkAttempt> page)
    {
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Html.Of($"""
            {(page.Entries.Count > 0 ? HistoryTable.Print(visit, pages, page.Entries, clock.GetUtcNow()) : Html.Of($"<p>{(page.StoppedAt is null ? "Nobody has begun to pay here." : "None of those looked at so far is of this link.")}</p>"))}
            {(page.StoppedAt is null ? Html.Empty : Html.Of($"""<p class="remark">The newest {Counts.Print(RowScan.Longest)} histories of the account’s links were looked at, until {Texts.English.JakartaTime(page.StoppedAt.CreatedAt)}. Go on for older ones.</p>"""))}
            {(page.HasNext && last is not null ? Html.Of($"""<p class="actions"><a class="button second" href="{PathOf(visit, link)}?{ListAddress.After}={last.Id}">Older histories</a></p>""") : Html.Empty)}
            """);
    }
}
