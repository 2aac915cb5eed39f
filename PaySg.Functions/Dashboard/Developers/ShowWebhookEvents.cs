using PaySg.Functions.Events;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Shows events, the newest first, whether anybody subscribed or not, by one request.</summary>
internal sealed class ShowWebhookEvents(PaySgTables tables, DeveloperPages corner)
{
    private const int Limit = 20;

    /// <summary>200 and a page of the list.</summary>
    /// <exception cref="ApiException">400 for a place in the list, or a type, that is none.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var query = call.Request.Query;
        var after = query.TryGetValue("after", out var values) ? values.ToString() : null;
        if (after is not null && !SortableUuid.IsPrefixed(after, EventRows.IdPrefix))
            throw ApiErrors.InvalidParameter("after", "must be that of a link of the list.");

        var type = query["type"].ToString();
        if (type.Length > 0 && !EventTypes.Subscribable.Contains(type))
            throw ApiErrors.InvalidParameter("type", "must be one of the list.");

        var page = await tables.Payments.PageAsync(
            EventRows.Range(visit.Service.Id, after, since: null), Limit, EventRows.Read, type.Length == 0 ? null : found => found.Type == type, select: null, call.ClientLeft);
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return corner.Page(200, visit, "Events", Html.Of($"""
            <form method="get" action="{corner.In(visit, DeveloperPaths.Events)}" class="filters">
            <div class="field"><label for="type">Type</label>
            <select id="type" name="type"><option value="">Every type</option>
            {Html.Join(EventTypes.Subscribable.Select(each => Html.Of($"""<option value="{each}"{Html.When(each == type, $" selected")}>{each}</option>""")))}
            </select></div>
            <div class="actions"><button class="button second" type="submit">Show</button></div>
            </form>
            {(page.Entries.Count == 0 ? Html.Of($"<p>{(page.StoppedAt is null ? "There is none." : "None of those looked at so far.")}</p>") : Table(visit, page.Entries))}
            {Html.When(page.HasNext && last is not null, $"""<p class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.Events)}?type={type}&amp;after={last?.Id}">Older events</a></p>""")}
            """));
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
