namespace PaySg.Functions.Platform.Json;

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
            // Bytes that are not UTF-8, or an unpaired surrogate.
            return null;
        }
    }

    /// <param name="json">Where to.</param>
    /// <param name="order">In which order the members of an object are written, at every level; null: as they came.</param>
    public static void Write(Utf8JsonWriter json, JsonElement element, IComparer<string>? order = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in order is null ? element.EnumerateObject().AsEnumerable() : element.EnumerateObject().OrderBy(member => member.Name, order))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, order);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item, order);

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(element.GetString());
                break;
            default:
                // A number is printed as it came.
                element.WriteTo(json);
                break;
        }
    }
}
