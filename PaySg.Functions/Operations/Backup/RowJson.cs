namespace PaySg.Functions.Operations.Backup;

/// <summary>A row as a line of JSON, each column with its type: <c>{"pk":…,"rk":…,"columns":{"name":["String","…"]}}</c>. Columns are in the order of their names, so equal rows are equal lines.</summary>
internal static class RowJson
{
    // The limits of a table: UTF-16 for texts, and no time before the calendar that it counts by.
    private const int LongestKey = 512;
    private const int LongestName = 255;
    private const int LongestValue = 64 * 1024;
    private const int FirstYear = 1601;

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
            var row = new TableEntity(Key(json.RootElement.GetProperty("pk")), Key(json.RootElement.GetProperty("rk")));
            foreach (var column in json.RootElement.GetProperty("columns").EnumerateObject().Where(column => !Own.Contains(column.Name, StringComparer.Ordinal)))
            {
                if (!IsName(column.Name) || column.Value.GetArrayLength() != 2)
                    throw new FormatException($"{column.Name} is no column.");

                row[column.Name] = Parse(column.Value[0].GetString()!, column.Value[1].GetString()!);
            }

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

    /// <summary>A key that storage takes ("Understanding the Table service data model", Microsoft Learn): what it refused in the middle of a restore would leave half of one.</summary>
    private static string Key(JsonElement key) => key.GetString() is { Length: <= LongestKey } text && !text.Any(static letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter))
        ? text
        : throw new FormatException("It has no key that storage takes.");

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !char.IsAsciiDigit(name[0]) && name.All(static letter => letter == '_' || char.IsLetterOrDigit(letter));

    private static object Parse(string type, string text) => type switch
    {
        "String" when text.Length <= LongestValue / sizeof(char) => text,
        "Binary" when Convert.FromBase64String(text) is { Length: <= LongestValue } bytes => bytes,
        "Boolean" when text is "true" or "false" => text == "true",
        "Int32" => int.Parse(text, CultureInfo.InvariantCulture),
        "Int64" => long.Parse(text, CultureInfo.InvariantCulture),
        "Double" => double.Parse(text, CultureInfo.InvariantCulture),
        "DateTime" when DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) is { Year: >= FirstYear } time => time,
        "Guid" => Guid.ParseExact(text, "D"),
        _ => throw new FormatException($"No value that storage takes, or unknown type {type}."),
    };
}
