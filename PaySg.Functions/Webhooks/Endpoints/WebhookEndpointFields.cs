using PaySg.Functions.Events;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>What a caller says of an endpoint; null where nothing is said.</summary>
/// <param name="Url">The URL, which may be registered.</param>
/// <param name="Description">The owner's words.</param>
/// <param name="SubscribedEvents">Known types, each once.</param>
/// <param name="Enabled">Whether events are to be delivered.</param>
internal sealed record WebhookEndpointFields(string? Url, string? Description, IReadOnlyList<string>? SubscribedEvents, bool? Enabled)
{
    public const int LongestUrl = 2048;

    /// <summary>Everything, to compare repetitions by.</summary>
    public RequestParameters Parameters => new RequestParameters()
        .With("webhook_url", Url)
        .With("description", Description)
        .With("subscribed_events", SubscribedEvents)
        .With("enabled", Enabled)
        .OnceWrittenAs(string.Join('\n', Url, Description is null ? "-" : $"+{Description}", SubscribedEvents is null ? "-" : string.Join(',', SubscribedEvents), Enabled));

    /// <summary>Reads and checks the fields.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static async Task<WebhookEndpointFields> ReadAsync(RequestFields fields, bool urlIsRequired, EgressPolicy egress, CancellationToken cancellationToken)
    {
        var url = urlIsRequired ? fields.RequiredText("webhook_url", LongestUrl) : fields.OptionalText("webhook_url", LongestUrl);
        if (url is not null && await egress.WhyNotRegistrableAsync(url, cancellationToken) is { } why)
            fields.Wrong("webhook_url", why);

        var read = new WebhookEndpointFields(
            url, fields.OptionalText("description", 500), ReadSubscribedEvents(fields), fields.OptionalBoolean("enabled"));
        fields.ThrowIfInvalid();
        return read;
    }

    private static List<string>? ReadSubscribedEvents(RequestFields fields)
    {
        var types = fields.OptionalTextArray("subscribed_events", 50, 100)?.Distinct().ToList();
        if (types is not null && (types.Count == 0 || types.Any(type => type != EventTypes.All && !EventTypes.Subscribable.Contains(type))))
            fields.Wrong("subscribed_events", $"must list one or more of {string.Join(", ", EventTypes.Subscribable)}, or be [\"{EventTypes.All}\"].");

        return types;
    }
}
