using System.Text.Json;

namespace PaySg.LocalHost.Demo;

/// <summary>One request that the webhook inbox took.</summary>
/// <param name="ReceivedAt">When.</param>
/// <param name="PathAndQuery">Where it was sent to, without the host.</param>
/// <param name="Headers">The headers that matter, by name.</param>
/// <param name="Body">The body as it came.</param>
internal sealed record ReceivedWebhook(DateTimeOffset ReceivedAt, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The endpoint whose secret signed it; null: no endpoint's did, or that is not known.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Whether <c>PaySG-Signature</c> verifies; null: it is a webhook of the Singapay API, or that is not known.</summary>
    public bool? PaySgValid { get; init; }

    /// <summary>Whether the signature of Standard Webhooks verifies; null: as above.</summary>
    public bool? StandardValid { get; init; }

    /// <summary>Whether Singapay's <c>X-Signature</c> verifies; null: it is a webhook of the PaySG API, or that is not known.</summary>
    public bool? SingapayValid { get; init; }

    /// <summary>The body; null: it is not JSON.</summary>
    public JsonElement? Json { get; } = Parse(Body);

    /// <summary>What both APIs name in their bodies: the type of the event.</summary>
    public string? Type => Text("type") ?? Text("event");

    /// <summary>The event's id, where the body has one.</summary>
    public string? EventId => Text("id");

    private string? Text(string name) =>
        Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            // What is read later must be readable: texts that are no Unicode parse, and throw when they are read.
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
