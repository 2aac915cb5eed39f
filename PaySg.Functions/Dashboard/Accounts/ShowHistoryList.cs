using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>What payers did on the links of an account, newest first, twenty a page, with the filters that the API has.</summary>
internal sealed class ShowHistoryList(ListHistories listHistories, AccountPages pages, TimeProvider clock)
{
    private const string PerPage = "20";
    private const string Page = "page";
    private static readonly string[] Fields = ["reff_no", "status", "payment_method_name", "amount", "created_at_from", "created_at_to"];

    /// <summary>200 and a page; 400 and the filter with what was typed where something in it is wrong: then nothing is searched.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, AccountVisit visit)
    {
        var typed = Fields.Append(Page).Select(name => (Name: name, Text: call.Request.Query[name].ToString().Trim())).Where(static field => field.Text.Length > 0)
            .ToDictionary(static field => field.Name, static field => field.Text, StringComparer.Ordinal);
        var wrong = ListAddress.Check(call.Request.Query, Fields, Page);
        if (wrong.Count > 0)
            return Print(400, visit, typed, [.. wrong], Html.Empty);

        try
        {
            var query = HistoryQuery.Read(new QueryCollection(typed.Append(new("per_page", PerPage)).ToDictionary(pair => pair.Key, pair => new StringValues(pair.Value))));
            var found = await listHistories.RunAsync(visit.Account.Id, query, clock.GetUtcNow(), call.ClientLeft);
            return Print(200, visit, typed, [], List(visit, typed, query, found));
        }
        catch (ApiException refused) when (refused.Error.Status == 422)
        {
            return Print(400, visit, typed, [.. refused.Error.Fields.Select(InWordsOfOfficers)], Html.Empty);
        }
    }

    private static FieldError InWordsOfOfficers(FieldError error) => error.Field switch
    {
        "amount" => error with { Message = TypedLink.AmountExpected },
        "created_at_to" when error.Message.Contains("after or equal", StringComparison.Ordinal) => error with { Message = "The last day must not be before the first." },
        "created_at_from" or "created_at_to" => error with { Message = "Enter a day that there is, such as 2026-01-15." },
        "reff_no" => error with { Message = error.Message.Replace("The reff no", "The number", StringComparison.Ordinal) },
        Page => error with { Field = "created_at_to", Message = "There is no such page. Search again, or narrow the days." },
        _ => error,
    };

    private ApiAnswer Print(int status, AccountVisit visit, Dictionary<string, string> typed, List<FieldError> errors, Html list)
    {
        return pages.Page(status, visit, $"Histories of {visit.Account.Name}", Html.Of($"""
        <h1>Histories</h1>
        <details class="search"{Html.When(errors.Count > 0 || typed.Keys.Any(name => name != Page), $" open")}>
        <summary>Search</summary>
        {FormField.Mistakes("Nothing was searched. Please check:", errors, refusal: null)}
        <form method="get" action="{pages.In(visit.Account.Id, AccountPages.Histories)}" class="filters" role="search" aria-label="Histories">
        {Field("reff_no", "Number of the history, or a part of it")}
        {new FormField("status", "Status", Typed("status")) { Choices = [new("", "Any"), .. HistoryStatus.All.Select(static one => new FieldChoice(one, LinkWords.TextOf(one)))] }.Print(errors)}
        {Field("payment_method_name", "Method, or a part of its name")}
        {Field("amount", "Amount in rupiah")}
        {Field("created_at_from", "Begun from", "date")}
        {Field("created_at_to", "Begun until", "date")}
        <p class="actions"><button class="button" type="submit">Search</button> <a class="quiet" href="{pages.In(visit.Account.Id, AccountPages.Histories)}">Clear</a></p>
        </form>
        </details>
        {list}
        """));

        string Typed(string name) => typed.GetValueOrDefault(name, "");

        Html Field(string name, string label, string type = "text") => new FormField(name, label, Typed(name)) { Type = type, IsFilter = true }.Print(errors);
    }

    private Html List(AccountVisit visit, Dictionary<string, string> typed, HistoryQuery query, HistoryPage found) => Html.Of($"""
        <p class="strip"><span>{Counts.Print(found.Page.Total)} {(found.Page.Total == 1 ? "history" : "histories")}</span></p>
        {Html.When(found.IsCut, $"""<p class="remark">The newest {Counts.Print(ListHistories.Longest)} histories of these days were looked at. Narrow the days for older ones.</p>""")}
        {(found.Page.Entries.Count > 0 ? HistoryTable.Print(visit, pages, found.Page.Entries, clock.GetUtcNow()) : Html.Of($"<p>No history fits.</p>"))}
        {Html.When(query.Page.HasNext(found.Page.Total), $"""<p class="actions"><a class="button second" href="{Next(typed, query.Page.Page + 1)}">Older histories</a></p>""")}
        """);

    private static string Next(Dictionary<string, string> typed, int page) => QueryHelpers.AddQueryString(
        "", typed.Where(pair => pair.Key != Page).Append(new(Page, page.ToString(CultureInfo.InvariantCulture))).ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
}
