using PaySg.Functions.Events;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The list of webhook endpoints, and the forms that register or change one.</summary>
internal sealed class WebhooksView(DeveloperPages corner)
{
    private static readonly (string Name, string Label)[] Labels =
        [(WebhookForm.UrlField, "URL"), (WebhookForm.DescriptionField, "Description"), (WebhookForm.TypesField, "Events")];

    /// <summary>200 and the endpoints, the newest first.</summary>
    public ApiAnswer List(Visit visit, IReadOnlyList<WebhookEndpoint> endpoints, string? notice) => corner.Page(200, visit, "Webhooks", Html.Of($"""
        {DeveloperPages.Notice(notice)}
        <p>What happens to payments is posted to the endpoints that subscribe to it, signed with the endpoint’s secret.</p>
        <div class="actions"><a class="button" href="{corner.In(visit, DeveloperPaths.Webhooks)}?step={DeveloperSteps.Create}">Add an endpoint</a></div>
        {(endpoints.Count == 0 ? Html.Of($"<p>There is no endpoint, so nothing is sent.</p>") : Table(visit, endpoints))}
        """));

    /// <summary>The form that registers an endpoint.</summary>
    public ApiAnswer New(Visit visit, WebhookForm form, FormRefusal? refusal) => Form(
        visit, "Add a webhook endpoint", DeveloperPaths.Webhooks, DeveloperSteps.Create, "Add the endpoint", form, refusal);

    /// <summary>The form that changes one.</summary>
    /// <param name="mark">Which endpoint its reader has seen (<see cref="EndpointMark"/>).</param>
    public ApiAnswer Edit(Visit visit, string endpointId, WebhookForm form, string mark, FormRefusal? refusal) => Form(
        visit, "Change the endpoint", DeveloperPaths.Webhook(endpointId), DeveloperSteps.Edit, "Save", form, refusal, mark);

    /// <summary>The endpoint that was just registered, or whose secret was just rotated.</summary>
    /// <param name="secret">Null: the form came again.</param>
    public ApiAnswer Secret(Visit visit, string title, string endpointId, string? secret) => corner.Page(200, visit, title, Html.Of($"""
        {DeveloperPages.Secret("signing secret", secret, "If you do not have it, rotate the secret.")}
        <p>The receiver checks each webhook’s signature with it.</p>
        <p class="actions"><a class="button second" href="{corner.In(visit, DeveloperPaths.Webhook(endpointId))}">To the endpoint</a></p>
        """));

    private ApiAnswer Form(Visit visit, string title, string path, string action, string button, WebhookForm form, FormRefusal? refusal, string? mark = null)
    {
        var fields = new FormFields(Labels, refusal);
        return corner.Page(refusal?.Status ?? 200, visit, title, Html.Of($"""
            {fields.Mistakes()}
            <form method="post" action="{corner.In(visit, path)}" class="typed">
            {corner.Hidden(visit, action)}
            {(mark is null ? Html.Empty : SeenMark.Hidden(mark))}
            {fields.Line(WebhookForm.UrlField, form.Url, "An address that begins with https:// and is reached from the internet.", WebhookEndpointFields.LongestUrl, isRequired: true)}
            {fields.Line(WebhookForm.DescriptionField, form.Description, "", 500)}
            {fields.Boxes(WebhookForm.TypesField, "What is posted there.", WebhookForm.AllTypes.Select(type => (WebhookForm.BoxOf(type), TextOf(type), form.Types.Contains(type))))}
            <p class="actions"><button class="button" type="submit">{button}</button> <a class="quiet" href="{corner.In(visit, path)}">Back</a></p>
            </form>
            """));
    }

    private static Html TextOf(string type) => type == EventTypes.All ? Html.Of($"Every event, those of later releases too") : Html.Of($"<code>{type}</code>");

    private Html Table(Visit visit, IReadOnlyList<WebhookEndpoint> endpoints) => Html.Of($"""
        <table class="list">
        <caption class="unseen">Webhook endpoints</caption>
        <thead><tr><th scope="col">URL</th><th scope="col">Events</th><th scope="col">Created</th><th scope="col">Status</th></tr></thead>
        <tbody>
        {Html.Join(endpoints.Select(endpoint => Html.Of($"""
            <tr><th scope="row"><a href="{corner.In(visit, DeveloperPaths.Webhook(endpoint.Id))}">{endpoint.Url}</a>{Html.When(endpoint.Description is not null, $"""<br><span class="quiet small">{endpoint.Description}</span>""")}</th><td>{DeliveryWords.Events(endpoint)}</td><td>{Texts.English.Date(endpoint.CreatedAt)}</td><td>{DeliveryWords.Status(endpoint)}</td></tr>
            """)))}
        </tbody>
        </table>
        """);
}
