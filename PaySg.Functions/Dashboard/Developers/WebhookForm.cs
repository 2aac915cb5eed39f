using PaySg.Functions.Events;
using PaySg.Functions.Pages;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>A webhook endpoint as it stands in a form.</summary>
/// <param name="Url">Where events are to go, as it was typed.</param>
/// <param name="Description">The owner's words; empty: none.</param>
/// <param name="Types">The types that are ticked; <c>*</c> is every one.</param>
internal sealed record WebhookForm(string Url, string Description, IReadOnlyList<string> Types)
{
    public const string UrlField = "webhook_url";
    public const string DescriptionField = "description";
    public const string TypesField = "subscribed_events";

    private const string BoxPrefix = "event_";
    private const string BoxOfAll = BoxPrefix + "all";

    /// <summary>The form that nobody has filled in: what the API takes where nothing is said.</summary>
    public static WebhookForm Blank { get; } = new("", "", [EventTypes.PaymentSucceeded]);

    /// <summary>All types that can be ticked, <c>*</c> first.</summary>
    public static IReadOnlyList<string> AllTypes { get; } = [EventTypes.All, .. EventTypes.Subscribable];

    public static WebhookForm Of(WebhookEndpoint endpoint) => new(endpoint.Url, endpoint.Description ?? "", endpoint.SubscribedEvents);

    public static WebhookForm Read(PageForm form) => new(form[UrlField], form[DescriptionField], [.. AllTypes.Where(type => form.Has(BoxOf(type)))]);

    /// <summary>The name of a type's box.</summary>
    public static string BoxOf(string type) => type == EventTypes.All ? BoxOfAll : BoxPrefix + type;

    /// <summary>What the API would be sent. Every type counts for itself only where not all are wanted.</summary>
    public byte[] ToJson() => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString(UrlField, Url);
        json.WriteString(DescriptionField, Description);
        json.WriteStartArray(TypesField);
        foreach (var type in Types.Contains(EventTypes.All) ? [EventTypes.All] : Types)
            json.WriteStringValue(type);

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
