using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Deliveries and endpoints in words and colours.</summary>
internal static class DeliveryWords
{
    public static Html Status(DeliveryState state)
    {
        var look = state switch
        {
            DeliveryState.Delivered => "good",
            DeliveryState.Failed => "bad",
            DeliveryState.Pending => "moving",
            _ => "quiet",
        };
        return Html.Of($"""<span class="status {look}">{Name(state)}</span>""");
    }

    public static string Name(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "Delivered",
        DeliveryState.Failed => "Failed",
        DeliveryState.Pending => "Pending",
        _ => "Skipped",
    };

    /// <summary>What the receiver answered last; empty: it was not asked.</summary>
    public static string LastAnswer(WebhookDelivery delivery) => delivery.Attempts is [.., var last] ? Answer(last) : "";

    /// <summary>What the receiver answered, or why it did not.</summary>
    public static string Answer(DeliveryAttempt attempt) => attempt.ResponseStatus is { } status ? status.ToString(CultureInfo.InvariantCulture) : attempt.Error ?? "no answer";

    public static string Attempts(int count) => count == 1 ? "1 attempt" : $"{Counts.Print(count)} attempts";

    public static Html Status(WebhookEndpoint endpoint) => endpoint.Enabled
        ? Html.Of($"""<span class="status good">Enabled</span>""")
        : Html.Of($"""<span class="status bad">Disabled</span>""");

    /// <summary>Why an endpoint gets nothing; null: it is enabled.</summary>
    public static string? WhyDisabled(WebhookEndpoint endpoint) => endpoint.DisabledReason switch
    {
        null => null,
        DisabledReason.Gone => "The receiver answered 410, Gone.",
        DisabledReason.Failing => $"Nothing was delivered for {WebhookEndpoint.LongestFailing.Days} days.",
        _ => "It was disabled by request.",
    };

    public static string Events(WebhookEndpoint endpoint) =>
        endpoint.SubscribesTo(Functions.Events.EventTypes.All) ? "every event" : string.Join(", ", endpoint.SubscribedEvents);
}
