using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The page of one webhook endpoint: its deliveries, and what can be done with it.</summary>
internal sealed class WebhookView(DeveloperPages corner)
{
    public const string Since = "since";
    public const string Until = "until";
    public const string Overlap = "expires_in_seconds";

    private static readonly (string Name, string Label)[] RecoverLabels = [(Since, "From"), (Until, "Until")];
    private static readonly (long Seconds, string Text)[] Overlaps = [(86_400, "24 hours"), (3600, "an hour"), (604_800, "7 days"), (0, "not at all: the old one leaked")];

    /// <param name="deliveries">A page of its deliveries, the newest event first.</param>
    /// <param name="recoveries">Its recoveries, the newest first.</param>
    /// <param name="filter">The state that is shown; null: all.</param>
    /// <param name="done">What was just done, a step; null: nothing.</param>
    /// <param name="refusal">Why what was asked for was not done; null: nothing was refused.</param>
    public ApiAnswer Detail(Visit visit, WebhookEndpoint endpoint, RowPage<WebhookDelivery> deliveries, IReadOnlyList<Recovery> recoveries, DeliveryState? filter, string? done, FormRefusal? refusal)
    {
        var path = DeveloperPaths.Webhook(endpoint.Id);
        var step = corner.In(visit, path) + "?step=";
        return corner.Page(refusal?.Status ?? 200, visit, "Webhook endpoint", Html.Of($"""
            {FormField.Refusal("Nothing was changed", refusal?.Message)}
            {DeveloperPages.Notice(refusal is null ? DoneText(done) : null)}
            <dl>
            {Fact.Of("URL", endpoint.Url)}
            {Fact.Of("Status", DeliveryWords.Status(endpoint))}
            {Fact.Of("Why", DeliveryWords.WhyDisabled(endpoint))}
            {Fact.Of("Failing since", TimeOf(endpoint.FailingSince))}
            {Fact.Of("Events", DeliveryWords.Events(endpoint))}
            {Fact.Of("Description", endpoint.Description)}
            {Fact.Of("Old secret", endpoint.PreviousSecretExpiresAt is { } until ? $"signs too until {Texts.English.SingaporeTime(until)}" : null)}
            {Fact.Of("Endpoint id", endpoint.Id)}
            </dl>
            <div class="actions">
            {corner.Button(visit, path, DeveloperSteps.Test, "Send a test event", "button")}
            <a class="button second" href="{step}{DeveloperSteps.Edit}">Change</a>
            <a class="button second" href="{step}{DeveloperSteps.Rotate}">Rotate the secret</a>
            {Html.When(endpoint.Enabled, $"""<a class="button second" href="{step}{DeveloperSteps.Recover}">Send again what was missed</a>""")}
            {(endpoint.Enabled ? corner.Button(visit, path, DeveloperSteps.Disable, "Disable") : corner.Button(visit, path, DeveloperSteps.Enable, "Enable"))}
            <a class="button second" href="{step}{DeveloperSteps.Delete}">Delete</a>
            </div>
            <h2>Deliveries</h2>
            <p class="links">{Html.Join(States().Select(state => Filter(visit, path, state, filter)))}</p>
            {(deliveries.Entries.Count == 0 ? Html.Of($"<p>{(deliveries.StoppedAt is null ? "There is none." : "None of those looked at so far.")}</p>") : Table(visit, deliveries.Entries))}
            {Older(visit, path, deliveries, filter)}
            {(recoveries.Count == 0 ? Html.Empty : Recoveries(visit, recoveries))}
            """));
    }

    /// <summary>How long the old secret is to sign beside the new one.</summary>
    public ApiAnswer Rotate(Visit visit, WebhookEndpoint endpoint) => corner.Page(200, visit, "Rotate the secret?", Html.Of($"""
        <p>The endpoint gets a new secret, which is shown once. So that no webhook is refused meanwhile, the old one may sign beside it for a while.</p>
        <form method="post" action="{corner.In(visit, DeveloperPaths.Webhook(endpoint.Id))}" class="typed">
        {corner.Hidden(visit, DeveloperSteps.Rotate)}
        {SeenMark.Hidden(EndpointMark.Of(endpoint))}
        <div class="field"><label for="{Overlap}">The old secret signs too for</label>
        <select id="{Overlap}" name="{Overlap}">
        {Html.Join(Overlaps.Select(overlap => Html.Of($"""<option value="{overlap.Seconds}">{overlap.Text}</option>""")))}
        </select></div>
        <p class="actions"><button class="button" type="submit">Rotate the secret</button> <a class="quiet" href="{corner.In(visit, DeveloperPaths.Webhook(endpoint.Id))}">Back</a></p>
        </form>
        """));

    /// <summary>Which time is to be gone through again.</summary>
    public ApiAnswer Recover(Visit visit, string endpointId, string since, string until, FormRefusal? refusal)
    {
        var fields = new FormFields(RecoverLabels, InWordsOfOfficers(refusal));
        return corner.Page(refusal?.Status ?? 200, visit, "Send again what was missed", Html.Of($"""
            {fields.Mistakes()}
            <p>Each event of this time that the endpoint did not take is sent to it again. What it took is not.</p>
            <form method="post" action="{corner.In(visit, DeveloperPaths.Webhook(endpointId))}" class="typed">
            {corner.Hidden(visit, DeveloperSteps.Recover)}
            {fields.Line(Since, since, "Singapore time.", 40, isRequired: true, type: "datetime-local")}
            {fields.Line(Until, until, "Singapore time; until now where nothing is said.", 40, type: "datetime-local")}
            <p class="actions"><button class="button" type="submit">Begin</button> <a class="quiet" href="{corner.In(visit, DeveloperPaths.Webhook(endpointId))}">Back</a></p>
            </form>
            """));
    }

    /// <summary>The last question before an endpoint goes.</summary>
    public ApiAnswer ConfirmDelete(Visit visit, WebhookEndpoint endpoint) => corner.Question(
        visit,
        DeveloperPaths.Webhook(endpoint.Id),
        DeveloperSteps.Delete,
        "Delete this endpoint?",
        Html.Of($"<p>Nothing more is posted to <strong>{endpoint.Url}</strong>, and what is still on its way is given up. This cannot be undone. An endpoint that is disabled can be enabled again.</p>"),
        "Delete the endpoint",
        SeenMark.Hidden(EndpointMark.Of(endpoint)));

    /// <summary>A state as addresses name it; null: none.</summary>
    public static DeliveryState? StateOf(string text) => Enum.GetValues<DeliveryState>().Where(state => DeliveryJson.NameOf(state) == text).Cast<DeliveryState?>().FirstOrDefault();

    private static FormRefusal? InWordsOfOfficers(FormRefusal? refusal) => refusal is null ? null : refusal with
    {
        Errors = [.. refusal.Errors.Select(error => error with
        {
            Message = error.Message.StartsWith("must not be before", StringComparison.Ordinal) ? "must not be before the time above." : "must be a day and a time that there are, such as 2026-01-15T09:30.",
        })],
    };

    private static string? DoneText(string? done) => done switch
    {
        DeveloperSteps.Edit => "The endpoint is changed.",
        DeveloperSteps.Enable => "The endpoint is enabled. What happened while it was disabled is not sent by itself.",
        DeveloperSteps.Disable => "The endpoint is disabled: nothing more is sent to it.",
        _ => null,
    };

    private static string? TimeOf(DateTimeOffset? time) => time is { } known ? Texts.English.SingaporeTime(known) : null;

    private static IEnumerable<DeliveryState?> States() => [null, .. Enum.GetValues<DeliveryState>().Cast<DeliveryState?>()];

    private static string QueryOf(DeliveryState? state) => state is { } known ? $"status={DeliveryJson.NameOf(known)}" : "";

    private Html Filter(Visit visit, string path, DeliveryState? state, DeliveryState? chosen)
    {
        var text = state is { } known ? DeliveryWords.Name(known) : "All";
        return state == chosen
            ? Html.Of($"""<strong aria-current="true">{text}</strong>""")
            : Html.Of($"""<a href="{corner.In(visit, path)}{(state is null ? "" : "?")}{QueryOf(state)}">{text}</a>""");
    }

    private Html Older(Visit visit, string path, RowPage<WebhookDelivery> page, DeliveryState? filter)
    {
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Html.When(page.HasNext && last is not null, $"""<p class="actions"><a class="button second" href="{corner.In(visit, path)}?{QueryOf(filter)}&amp;after={last?.Event.Id}">Older deliveries</a></p>""");
    }

    private Html Table(Visit visit, IReadOnlyList<WebhookDelivery> deliveries) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Deliveries</caption>
        <thead><tr><th scope="col">Event</th><th scope="col">Last answer</th><th scope="col">Happened</th><th scope="col">Status</th><th scope="col" class="when">Attempts</th></tr></thead>
        <tbody>
        {Html.Join(deliveries.Select(delivery => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.Delivery(delivery.EndpointId, delivery.Event.Id))}">{delivery.Event.Type}</a></th><td>{DeliveryWords.LastAnswer(delivery)}</td><td>{Texts.English.SingaporeTime(delivery.Event.CreatedAt)}</td><td>{DeliveryWords.Status(delivery.State)}</td><td class="when" data-label="Attempts">{Counts.Print(delivery.AttemptCount)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);

    private Html Recoveries(Visit visit, IReadOnlyList<Recovery> recoveries) => Html.Of($"""
        <h2>Recoveries</h2>
        <table class="list">
        <caption class="unseen">Recoveries</caption>
        <thead><tr><th scope="col">From</th><th scope="col">Until</th><th scope="col">Looked at</th><th scope="col">Status</th><th scope="col" class="when">Sent again</th></tr></thead>
        <tbody>
        {Html.Join(recoveries.Select(recovery => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.Recovery(recovery.EndpointId, recovery.Id))}">{Texts.English.SingaporeTime(recovery.Since)}</a></th><td>{Texts.English.SingaporeTime(recovery.Until)}</td><td>{Counts.Print(recovery.Examined)}</td><td>{RecoveryView.StatusOf(recovery)}</td><td class="when" data-label="Sent again">{Counts.Print(recovery.Sent)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
