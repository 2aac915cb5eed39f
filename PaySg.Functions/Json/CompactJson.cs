using System.Text.Json;

namespace PaySg.Functions.Json;

/// <summary>Prints JSON that somebody sent in our own form: compact, texts as <see cref="JsonStringifyEncoder"/> writes them, numbers and order as they were.</summary>
internal static class CompactJson
{
    /// <summary>The UTF-8 bytes; null where a text in it is no Unicode.</summary>
    public static byte[]? Of(JsonElement element)
    {
        try
        {
            return JsonText.Write(json => Write(json, element));
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or an escaped surrogate without its other half.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(element.GetString());
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
