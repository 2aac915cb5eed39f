using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The page of one recovery: how far it is.</summary>
internal sealed class RecoveryView(DeveloperPages corner)
{
    private const string SecondsToRefresh = "5";

    public static Html StatusOf(Recovery recovery)
    {
        var (look, text) = recovery.Status switch
        {
            RecoveryStatus.Running => ("moving", "Running"),
            RecoveryStatus.Completed => ("good", "Done"),
            _ => ("bad", "Stopped"),
        };
        return Html.Of($"""<span class="status {look}">{text}</span>""");
    }

    /// <summary>200 and the page. While it runs, browsers load it again by themselves.</summary>
    public ApiAnswer Print(Visit visit, WebhookEndpoint endpoint, Recovery recovery)
    {
        var percent = recovery.PercentSince(endpoint.CreatedAt);
        var answer = corner.Page(200, visit, "Sending again what was missed", Html.Of($"""
            <p role="status">{StatusOf(recovery)} {Html.When(recovery.Status == RecoveryStatus.Running, $"<strong>{percent} %</strong> ")}{Counts.Print(recovery.Examined)} deliveries were looked at, {Counts.Print(recovery.Sent)} are sent again.</p>
            {Html.When(recovery.Status == RecoveryStatus.Running, $"""
                <progress aria-label="Time gone through" max="100" value="{percent}">{percent} %</progress>
                <p class="quiet">You may leave this page: the work goes on.</p>
                """)}
            {Html.When(recovery.Status == RecoveryStatus.Stopped, $"<p>It ended early, because the endpoint was disabled.</p>")}
            <dl>
            {Fact.Of("Endpoint", Html.Of($"""<a href="{corner.In(visit, DeveloperPaths.Webhook(endpoint.Id))}">{endpoint.Url}</a>"""))}
            {Fact.Of("From", Texts.English.SingaporeTime(recovery.Since))}
            {Fact.Of("Until", Texts.English.SingaporeTime(recovery.Until))}
            </dl>
            """));
        return recovery.Status == RecoveryStatus.Running ? answer.WithHeader("Refresh", SecondsToRefresh) : answer;
    }
}
