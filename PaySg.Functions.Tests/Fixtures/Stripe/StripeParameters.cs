using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Gives the texts of a form the kinds that the API reads them as.</summary>
internal static class StripeParameters
{
    private static readonly HashSet<string> Numbers =
        ["amount", "amount_to_confirm", "application_fee_amount", "expires_at", "limit", "quantity", "unit_amount", "gt", "gte", "lt", "lte"];

    private static readonly HashSet<string> Flags =
        ["allow_promotion_codes", "confirm", "enabled", "error_on_requires_action", "off_session", "refund_application_fee", "reverse_transfer", "use_stripe_sdk"];

    /// <summary>By the parameter's name; a text that is no number or flag stays one, and then is a fault. Metadata are texts, whatever their names.</summary>
    public static JsonNode Typed(JsonNode parameters) => Typed(parameters, name: string.Empty);

    private static JsonNode Typed(JsonNode node, string name) => node switch
    {
        _ when name == "metadata" => node.DeepClone(),
        JsonObject members => new JsonObject([.. members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Typed(member.Value!, member.Key)))]),
        JsonArray elements => new JsonArray([.. elements.Select(element => (JsonNode?)Typed(element!, name))]),
        JsonValue value when Numbers.Contains(name) && long.TryParse(value.GetValue<string>(), out var number) => JsonValue.Create(number),
        JsonValue value when Flags.Contains(name) && bool.TryParse(value.GetValue<string>(), out var flag) => JsonValue.Create(flag),
        _ => node.DeepClone(),
    };
}
