using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Markup;

namespace PaySg.LocalHost.Demo;

/// <summary>The webhook inbox as a page.</summary>
internal static class WebhookInboxPage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What stands in the page.</summary>
    /// <param name="all">What was received, newest first.</param>
    /// <param name="shown">What of it is shown.</param>
    /// <param name="endpoint">The endpoint whose webhooks are shown; empty: those of all.</param>
    public static Html Of(IReadOnlyList<ReceivedWebhook> all, IReadOnlyList<ReceivedWebhook> shown, string endpoint) => Html.Of($"""
        <h1>Webhook inbox</h1>
        {Filter(all, endpoint)}
        {(shown.Count > 0 ? Html.Join(shown.Select(Entry)) : Nothing(all.Count))}
        """);

    private static Html Filter(IReadOnlyList<ReceivedWebhook> all, string endpoint)
    {
        var endpoints = all.Select(webhook => webhook.EndpointId).OfType<string>().Append(endpoint).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return Html.When(endpoints.Count > 0, $"""
            <p>Show:
            {Choice("", "all endpoints", isChosen: endpoint.Length == 0)}
            {Html.Join(endpoints.Select(id => Choice("?endpoint=" + Uri.EscapeDataString(id), id, id == endpoint)))}
            </p>
            """);
    }

    private static Html Choice(string query, string name, bool isChosen) => isChosen
        ? Html.Of($"<br><strong>{name}</strong>")
        : Html.Of($"""<br><a href="{WebhookInbox.Path}{query}">{name}</a>""");

    private static Html Nothing(int others) => others > 0
        ? Html.Of($"<p>Nothing has come for this endpoint.</p>")
        : Html.Of($"""
            <p>Nothing has come yet. Register the address of this page as the <code>webhook_url</code> of an endpoint, then create a payment, or have an event made by
            <code>POST /sandbox/events/payment.succeeded</code>. Load the page again to see what is new.</p>
            """);

    private static Html Entry(ReceivedWebhook webhook) => Html.Of($"""
        <div class="entry">
        <h2>{webhook.Type ?? "Not an event"}</h2>
        <p class="quiet">{SingaporeTime.Format(webhook.ReceivedAt)}{Html.When(webhook.EventId is not null, $" · {webhook.EventId}")}{Html.When(webhook.EndpointId is not null, $" · {webhook.EndpointId}")}</p>
        <p>{Html.Join(Signatures(webhook))}</p>
        <details><summary>Body</summary>{Pre(BodyOf(webhook))}</details>
        <details><summary>Headers</summary>{Pre(string.Join('\n', webhook.Headers.Select(header => $"{header.Key}: {header.Value}")))}</details>
        </div>
        """);

    private static IEnumerable<Html> Signatures(ReceivedWebhook webhook)
    {
        (string Name, bool? IsValid)[] all = [("PaySG-Signature", webhook.PaySgValid), ("Standard Webhooks", webhook.StandardValid), ("X-Signature", webhook.SingapayValid)];
        var known = all.Where(each => each.IsValid is not null).ToList();
        return known.Count == 0
            ? [Html.Of($"""<span class="quiet">Not known whether it is signed: storage did not answer.</span>""")]
            : known.Select(each => each.IsValid == true
                ? Html.Of($"""<span class="good">✓ {each.Name} verifies</span>""")
                : Html.Of($"""<span class="bad">✗ {each.Name} verifies under no secret of an endpoint</span>"""));
    }

    private static string BodyOf(ReceivedWebhook webhook) => webhook.Json is { } json ? JsonSerializer.Serialize(json, Readable) : Encoding.UTF8.GetString(webhook.Body);

    // Each line is encoded by itself: a text that is shown in one line loses its breaks.
    private static Html Pre(string text) => new($"<pre tabindex=\"0\">{string.Join('\n', text.Split('\n').Select(line => Html.Of($"{Indent(line)}{line.TrimStart(' ')}").Text))}</pre>");

    private static Html Indent(string line) => new(new string(' ', line.Length - line.TrimStart(' ').Length));
}
