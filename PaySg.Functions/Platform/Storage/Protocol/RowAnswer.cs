namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Reads a row from the JSON that Table Storage answers, into what Azure's client makes of it.</summary>
/// <remarks>
/// REST API of Table Storage, "Payload format for Table service operations", minimal metadata: a type that JSON does not tell stands in a property of its own,
/// such as <c>created_at@odata.type</c>, before the value.
/// </remarks>
internal static class RowAnswer
{
    /// <summary>The property with the row's version.</summary>
    public const string Version = "odata.etag";

    private const string Metadata = "odata.metadata";
    private const string Timestamp = "Timestamp";
    private const string OfType = "@odata.type";

    /// <summary>A reader that stands at the beginning of the row's object.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static Utf8JsonReader Begin(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? reader : throw new JsonException("A row is a JSON object.");
    }

    /// <summary>Reads on from the object's end to that of the answer.</summary>
    /// <exception cref="JsonException">The object does not end, or something follows it.</exception>
    public static void End(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }

    /// <summary>The row with all of its columns.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    /// <exception cref="FormatException">A value is not of the type that is told.</exception>
    public static TableEntity Read(ReadOnlySpan<byte> json)
    {
        var row = new TableEntity();
        var reader = Begin(json);
        (string? Name, string Type) told = (null, "");
        List<(string Name, string Type)>? late = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ColumnNames.Of(ref reader);
            reader.Read();
            if (name.Length > OfType.Length && name.EndsWith(OfType, StringComparison.Ordinal))
            {
                if (told.Name is { } other)
                    (late ??= []).Add((other, told.Type));

                told = (name, ColumnNames.Of(ref reader));
            }
            else if (told.Name is not null && IsTypeOf(told.Name, name))
            {
                Add(row, name, ValueOf(ref reader, told.Type));
                told = (null, "");
            }
            else if (name != Metadata)
            {
                Add(row, name, name == Timestamp && reader.TokenType == JsonTokenType.String ? TimeOf(ref reader) : ValueOf(ref reader));
            }
        }

        End(ref reader);
        if (told.Name is { } last)
            (late ??= []).Add((last, told.Type));

        return late is null ? row : Read(json, row, late);
    }

    /// <summary>The same once more for what was told of a value anywhere but right before it: in JSON, members have no order.</summary>
    private static TableEntity Read(ReadOnlySpan<byte> json, TableEntity row, List<(string Name, string Type)> late)
    {
        var left = late.Count;
        var reader = Begin(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ColumnNames.Of(ref reader);
            reader.Read();
            if (late.Find(told => IsTypeOf(told.Name, name)) is { Name: not null } found)
            {
                row.Remove(name);
                row[name] = ValueOf(ref reader, found.Type);
                left--;
            }
            else
            {
                reader.Skip();
            }
        }

        return left == 0 ? row : throw new FormatException("A row tells the type of a value that it does not have.");
    }

    private static void Add(TableEntity row, string name, object? value)
    {
        if (row.ContainsKey(name))
            throw new FormatException($"A row has {name} twice.");

        row[name] = value;
    }

    private static bool IsTypeOf(string typeName, string name) => typeName.Length == name.Length + OfType.Length && typeName.StartsWith(name, StringComparison.Ordinal);

    private static object? ValueOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return reader.TryGetInt32(out var number) ? number : reader.TryGetInt64(out var large) ? large : (object)reader.GetDouble();
            case JsonTokenType.True:
            case JsonTokenType.False:
                return reader.GetBoolean();
            default:
                // Null; an object or a list is no value of a row.
                reader.Skip();
                return null;
        }
    }

    private static object ValueOf(ref Utf8JsonReader reader, string type) => type switch
    {
        "Edm.Binary" => reader.GetBytesFromBase64(),
        "Edm.DateTime" => TimeOf(ref reader),
        "Edm.Guid" => reader.TryGetGuid(out var id) ? id : Guid.Parse(reader.GetString()!),
        "Edm.Int64" => long.Parse(reader.GetString()!, CultureInfo.InvariantCulture),
        // Those that JSON has no number for; others are not told.
        "Edm.Double" => double.Parse(reader.GetString()!, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"A value of a row is of the type {type}, which is none of Table Storage."),
    };

    private static DateTimeOffset TimeOf(ref Utf8JsonReader reader) =>
        reader.TryGetDateTimeOffset(out var time) ? time : DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
