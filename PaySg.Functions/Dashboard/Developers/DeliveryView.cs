using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The page of one delivery: what was sent, what came back, and when it is sent next.</summary>
internal sealed class DeliveryView(DeveloperPages corner)
{
    /// <param name="headers">Those of the newest attempt; null: there was none.</param>
    /// <param name="done">What was just done, a step; null: nothing.</param>
    /// <param name="refusal">Why what was asked for was not done; null: nothing was refused.</param>
    public ApiAnswer Print(Visit visit, WebhookEndpoint endpoint, WebhookDelivery delivery, IReadOnlyDictionary<string, string>? headers, string? done, FormRefusal? refusal)
    {
        var path = DeveloperPaths.Delivery(endpoint.Id, delivery.Event.Id);
        return corner.Page(refusal?.Status ?? 200, visit, $"Delivery of {delivery.Event.Type}", Html.Of($"""
            {FormField.Refusal("Nothing was sent", refusal?.Message)}
            {DeveloperPages.Notice(refusal is null ? DoneText(done, delivery) : null)}
            <dl>
            {Fact.Of("Status", Html.Of($"{DeliveryWords.Status(delivery.State)}{Html.When(delivery.Reason is not null, $" <span class=\"quiet\">{delivery.Reason}</span>")}"))}
            {Fact.Of("Endpoint", Html.Of($"""<a href="{corner.In(visit, DeveloperPaths.Webhook(endpoint.Id))}">{endpoint.Url}</a>"""))}
            {Fact.Of("Event", Html.Of($"""<a href="{corner.In(visit, DeveloperPaths.Event(delivery.Event.Id))}">{delivery.Event.Id}</a>"""))}
            {Fact.Of("Happened", Texts.English.SingaporeTime(delivery.Event.CreatedAt))}
            {Fact.Of("Attempts", Counts.Print(delivery.AttemptCount))}
            {Fact.Of("Next attempt", delivery.NextAttemptAt is { } next ? Texts.English.SingaporeTime(next) : "none")}
            </dl>
            {Html.When(visit.May(Permission.Administrator) && endpoint.Enabled, $"""<div class="actions">{corner.Button(visit, path, DeveloperSteps.Resend, "Send it again", "button")}</div>""")}
            {Html.When(!endpoint.Enabled, $"<p>The endpoint is disabled. Enable it to send this again.</p>")}
            <h2>Attempts</h2>
            {(delivery.Attempts.Count == 0 ? Html.Of($"<p>There was none yet.</p>") : Html.Of($"""
                {Html.When(delivery.AttemptCount > delivery.Attempts.Count, $"<p>The newest {delivery.Attempts.Count} of {Counts.Print(delivery.AttemptCount)}.</p>")}
                <ol class="timeline">
                {Html.Join(delivery.Attempts.Reverse().Select(Attempt))}
                </ol>
                """))}
            <h2>Request</h2>
            {(headers is null ? Html.Empty : Html.Of($"""
                <p class="quiet small">The headers of the newest attempt. The signatures are made again here, with the secrets of today for the body below: a receiver that computes others has another secret, or has changed the body.</p>
                {Preformatted.Block("Headers of the request", string.Join('\n', [$"POST {endpoint.Url}", "Content-Type: application/json", .. headers.Select(header => $"{header.Key}: {header.Value}")]))}
                """))}
            {Preformatted.Block("Body of the request", delivery.Event.Body)}
            <p class="quiet small">It is sent without blanks and line breaks.</p>
            """));
    }

    private static string? DoneText(string? done, WebhookDelivery delivery) => done switch
    {
        DeveloperSteps.Resend => "One more attempt is on its way. Load the page again to see what came of it.",
        DeveloperSteps.Test when delivery.State == DeliveryState.Delivered => "The test event was taken.",
        DeveloperSteps.Test when delivery.State == DeliveryState.Failed => "The test event was not taken. A test is sent once.",
        DeveloperSteps.Test => "The test event is on its way. Load the page again to see what came of it.",
        _ => null,
    };

    private static Html Attempt(DeliveryAttempt attempt) => Html.Of($"""
        <li><span class="quiet small">{Texts.English.SingaporeTime(attempt.AttemptedAt)}</span><br>Attempt {attempt.Number}: <strong>{DeliveryWords.Answer(attempt)}</strong> <span class="quiet">after {Counts.Print(attempt.DurationMs)} ms</span>
        {Html.When(!string.IsNullOrEmpty(attempt.ResponseBody), $"{Preformatted.Block($"Answer to attempt {attempt.Number}", attempt.ResponseBody ?? "")}")}</li>
        """);
}
