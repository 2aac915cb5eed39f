namespace PaySg.Functions.Operations.Backup;

/// <summary>A row as a line of JSON, each column with its type: <c>{"pk":…,"rk":…,"columns":{"name":["String","…"]}}</c>. Columns are in the order of their names, so equal rows are equal lines.</summary>
internal static class RowJson
{
    private static readonly string[] Own = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <summary>The line, without its end.</summary>
    public static byte[] Write(TableEntity row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("pk", row.PartitionKey);
            json.WriteString("rk", row.RowKey);
            json.WriteStartObject("columns");
            foreach (var (name, value) in row.Where(column => !Own.Contains(column.Key, StringComparer.Ordinal) && column.Value is not null).OrderBy(column => column.Key, StringComparer.Ordinal))
            {
                var (type, text) = Print(name, value);
                json.WriteStartArray(name);
                json.WriteStringValue(type);
                json.WriteStringValue(text);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The row of a line.</summary>
    /// <exception cref="InvalidDataException">The line is not one of a backup.</exception>
    public static TableEntity Read(string line, string file, long number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var row = new TableEntity(json.RootElement.GetProperty("pk").GetString(), json.RootElement.GetProperty("rk").GetString());
            foreach (var column in json.RootElement.GetProperty("columns").EnumerateObject().Where(column => !Own.Contains(column.Name, StringComparer.Ordinal)))
                row[column.Name] = Parse(column.Value[0].GetString()!, column.Value[1].GetString()!);
            return row;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{file}, line {number}: not a row of a backup.", fault);
        }
    }

    private static (string Type, string Text) Print(string name, object value) => value switch
    {
        string text => ("String", text),
        byte[] bytes => ("Binary", Convert.ToBase64String(bytes)),
        BinaryData data => ("Binary", Convert.ToBase64String(data.ToMemory().Span)),
        bool flag => ("Boolean", flag ? "true" : "false"),
        int number => ("Int32", number.ToString(CultureInfo.InvariantCulture)),
        long number => ("Int64", number.ToString(CultureInfo.InvariantCulture)),
        double number => ("Double", number.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset time => ("DateTime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        DateTime time => ("DateTime", time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        Guid id => ("Guid", id.ToString("D")),
        _ => throw new InvalidDataException($"Column {name} holds a {value.GetType().Name}, which no row of the product does."),
    };

    private static object Parse(string type, string text) => type switch
    {
        "String" => text,
        "Binary" => Convert.FromBase64String(text),
        "Boolean" => text == "true",
        "Int32" => int.Parse(text, CultureInfo.InvariantCulture),
        "Int64" => long.Parse(text, CultureInfo.InvariantCulture),
        "Double" => double.Parse(text, CultureInfo.InvariantCulture),
        "DateTime" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        "Guid" => Guid.ParseExact(text, "D"),
        _ => throw new FormatException($"Unknown type {type}."),
    };
}
