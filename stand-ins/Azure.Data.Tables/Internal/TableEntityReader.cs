using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>Reads entities from the service's JSON.</summary>
internal static class TableEntityReader
{
    /// <summary>Reads the answer to a point read.</summary>
    public static TableEntity Entity(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        return Entity(ref json);
    }

    /// <summary>Reads the answer to a query.</summary>
    public static List<TableEntity> Entities(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        var entities = new List<TableEntity>();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = json.ValueTextEquals("value"u8);
            json.Read();
            if (!isValue)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                entities.Add(Entity(ref json));
        }

        return entities;
    }

    private static TableEntity Entity(ref Utf8JsonReader json)
    {
        var entity = new TableEntity();
        var properties = entity.Properties;
        Dictionary<string, string>? types = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (name.EndsWith(EdmTypes.Annotation, StringComparison.Ordinal))
                (types ??= [])[name[..^EdmTypes.Annotation.Length]] = json.GetString()!;
            else if (name is PropertyNames.ETag || !name.StartsWith("odata.", StringComparison.Ordinal))
                properties[name] = Value(ref json);
            else
                json.Skip();
        }

        // The timestamp has no annotation; those of other properties may come before or after them.
        (types ??= []).TryAdd(PropertyNames.Timestamp, EdmTypes.DateTime);
        foreach (var (name, type) in types)
        {
            if (properties.TryGetValue(name, out var value))
                properties[name] = Typed(value, type)!;
        }

        return entity;
    }

    // Null only where a selected property does not exist.
    private static object Value(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString()!,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        // A double always has a decimal point or an exponent.
        JsonTokenType.Number => json.TryGetInt32(out var number) ? (object)number : json.GetDouble(),
        JsonTokenType.Null => null!,
        _ => throw new JsonException($"An entity has a property that is neither text, number nor boolean, but {json.TokenType}."),
    };

    private static object? Typed(object? value, string type) => (type, value) switch
    {
        (_, null) => null,
        (EdmTypes.Binary, string text) => Convert.FromBase64String(text),
        (EdmTypes.DateTime, string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        (EdmTypes.Guid, string text) => Guid.Parse(text),
        (EdmTypes.Int64, string text) => long.Parse(text, CultureInfo.InvariantCulture),
        (EdmTypes.Double, string text) => double.Parse(text, CultureInfo.InvariantCulture),
        (EdmTypes.Double, int number) => (double)number,
        (EdmTypes.Double or EdmTypes.Int32 or EdmTypes.Boolean or EdmTypes.String, _) => value,
        _ => throw new NotSupportedException($"A {type} written as {value.GetType().Name} is not supported."),
    };
}
