using PaySg.Functions.Events;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows events, the newest first, whether anybody subscribed or not, by one request.</summary>
internal sealed class ShowWebhookEvents(PaySgTables tables, DeveloperPages corner)
{
    private const int Limit = 20;
    private const string Type = "type";

    /// <summary>200 and a page of the list; 400 and the form again for a place in the list, or a type, that is none, or for what the list does not have: then nothing is read.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var query = call.Request.Query;
        var after = query.TryGetValue(ListAddress.After, out var values) ? values.ToString() : null;
        var type = query[Type].ToString();
        var wrong = ListAddress.Check(query, [Type], ListAddress.After);
        IReadOnlyList<FieldError> errors =
            wrong.Count > 0 ? wrong
            : type.Length > 0 && !EventTypes.Subscribable.Contains(type) ? [new FieldError(Type, "Choose one of the list.")]
            : after is not null && !SortableUuid.IsPrefixed(after, EventRows.IdPrefix) ? [new FieldError(Type, "This address is not whole. Show the list again.")]
            : [];
        var page = errors.Count > 0 ? null : await tables.Payments.PageAsync(
            EventRows.Range(visit.Service.Id, after, since: null), Limit, EventRows.Read, type.Length == 0 ? null : found => found.Type == type, select: null, call.ClientLeft);
        return corner.Page(page is null ? 400 : 200, visit, "Events", Html.Of($"""
            {FormField.Mistakes("Nothing was looked up. Please check:", errors)}
            <form method="get" action="{corner.In(visit, DeveloperPaths.Events)}" class="filters">
            {new FormField(Type, "Type", type) { Choices = [new("", "Every type"), .. EventTypes.Subscribable.Select(static each => new FieldChoice(each, each))] }.Print(errors)}
            <div class="actions"><button class="button second" type="submit">Show</button></div>
            </form>
            {(page is null ? Html.Empty : List(visit, type, page))}
            """));
    }

    private Html List(Visit visit, string type, RowPage<WebhookEvent> page)
    {
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Html.Of($"""
            {(page.Entries.Count == 0 ? Html.Of($"<p>{(page.StoppedAt is null ? "There is none." : "None of those looked at so far.")}</p>") : Table(visit, page.Entries))}
            {Html.When(page.HasNext && last is not null, $"""<p class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.Events)}?type={type}&amp;after={last?.Id}">Older events</a></p>""")}
            """);
    }

    private Html Table(Visit visit, IReadOnlyList<WebhookEvent> events) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Events</caption>
        <thead><tr><th scope="col">Type</th><th scope="col">Event id</th><th scope="col">Happened</th></tr></thead>
        <tbody>
        {Html.Join(events.Select(found => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.Event(found.Id))}">{found.Type}</a></th><td><code class="small">{found.Id}</code></td><td>{Texts.English.SingaporeTime(found.CreatedAt)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
