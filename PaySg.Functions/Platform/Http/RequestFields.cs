namespace PaySg.Functions.Platform.Http;

/// <summary>
/// The fields of a request's JSON object. Each reader returns the value or notes what is wrong with the field; the notes are
/// thrown together by <see cref="ThrowIfInvalid"/>. A null is as good as absent; unknown fields are ignored.
/// </summary>
internal sealed class RequestFields
{
    // Enough to mend a request by; a body of 10,000 wrong items must not become an answer of 10,000 lines.
    private const int MaxErrors = 20;

    private readonly string path;
    private readonly List<FieldError> errors;

    public RequestFields(JsonElement element)
        : this(element, "", [])
    {
    }

    private RequestFields(JsonElement element, string path, List<FieldError> errors)
    {
        Element = element;
        this.path = path;
        this.errors = errors;
    }

    public JsonElement Element { get; }

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Ends the request with 400 where anything was noted.</summary>
    /// <exception cref="ApiException">400 <c>invalid_parameters</c>.</exception>
    public void ThrowIfInvalid()
    {
        if (errors.Count > 0)
        {
            throw ApiErrors.InvalidParameters(errors);
        }
    }

    /// <summary>Notes a mistake; returns null to be used as the value.</summary>
    public string? Wrong(string name, string message)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(new FieldError(path + name, message));
        }

        return null;
    }

    /// <summary>Whether the object holds the field, be it null: a PATCH tells "clear it" from "leave it".</summary>
    public bool Has(string name) => Element.TryGetProperty(name, out _);

    /// <summary>A text that must be there, of 1 to <paramref name="maxLength"/> characters (UTF-16 code units) and not blank.</summary>
    public string? RequiredText(string name, int maxLength)
    {
        if (!TryGet(name, out var value))
        {
            return Wrong(name, $"is required: a text of 1 to {maxLength} characters.");
        }

        var text = Text(name, value, maxLength);
        return text is not null && string.IsNullOrWhiteSpace(text) ? Wrong(name, "must not be empty.") : text;
    }

    /// <summary>A text of at most <paramref name="maxLength"/> characters, or null.</summary>
    public string? OptionalText(string name, int maxLength) => TryGet(name, out var value) ? Text(name, value, maxLength) : null;

    /// <summary>An integer within the bounds that must be there; 0 where it is wrong.</summary>
    public long RequiredInteger(string name, long min, long max)
    {
        if (TryGet(name, out var value))
        {
            return Integer(name, value, min, max);
        }

        Wrong(name, $"is required: an integer from {min} to {max}.");
        return 0;
    }

    /// <summary>An integer within the bounds, or null.</summary>
    public long? OptionalInteger(string name, long min, long max) => TryGet(name, out var value) ? Integer(name, value, min, max) : null;

    /// <summary>A number, or null.</summary>
    public JsonElement? OptionalNumber(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value;
        }

        Wrong(name, "must be a number.");
        return null;
    }

    /// <summary>A time in either form of <see cref="RequestTime"/>, or null.</summary>
    public DateTimeOffset? OptionalTime(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        // Its digits after the point may be as many as the body has room for.
        var text = value.ValueKind == JsonValueKind.Number ? RequestTime.TextOf(value) : Text(name, value, RequestBody.Limit);
        if (text is null)
        {
            return null;
        }

        var time = RequestTime.Parse(text);
        if (time is null)
        {
            Wrong(name, RequestTime.WhyNot(text));
        }

        return time;
    }

    /// <summary>True, false or null.</summary>
    public bool? OptionalBoolean(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(name, "must be true or false.");
        return null;
    }

    /// <summary>The name and text of each entry of an object of texts, in the order given; null where absent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? OptionalTexts(string name, int maxEntries, int maxKeyLength, int maxValueLength)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(name, "must be an object of texts.");
            return null;
        }

        var entries = new List<KeyValuePair<string, string>>();
        foreach (var property in value.EnumerateObject())
        {
            if (entries.Count == maxEntries)
            {
                Wrong(name, $"must have at most {maxEntries} entries.");
                return null;
            }

            var key = Decode(name, () => property.Name);
            if (key is { Length: 0 } || key?.Length > maxKeyLength)
            {
                Wrong(name, $"must have keys of 1 to {maxKeyLength} characters.");
            }

            if (key is not null && Text($"{name}.{key}", property.Value, maxValueLength) is { } text)
            {
                entries.Add(new(key, text));
            }
        }

        return entries;
    }

    /// <summary>The texts of an array; null where absent.</summary>
    public IReadOnlyList<string>? OptionalTextArray(string name, int maxEntries, int maxLength)
    {
        if (Array(name) is not { } array)
        {
            return null;
        }

        if (array.GetArrayLength() > maxEntries)
        {
            Wrong(name, $"must have at most {maxEntries} entries.");
            return null;
        }

        return [.. array.EnumerateArray().Select((item, index) => Text($"{name}[{index}]", item, maxLength) ?? "")];
    }

    /// <summary>The fields of an object; null where absent.</summary>
    public RequestFields? OptionalObject(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new RequestFields(value, $"{path}{name}.", errors);
        }

        Wrong(name, "must be an object.");
        return null;
    }

    /// <summary>The objects of an array, each with its own readers; null where absent.</summary>
    public IReadOnlyList<RequestFields>? OptionalObjects(string name)
    {
        if (Array(name) is not { } array)
        {
            return null;
        }

        var objects = new List<RequestFields>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                objects.Add(new RequestFields(item, $"{path}{name}[{objects.Count}].", errors));
                continue;
            }

            Wrong($"{name}[{objects.Count}]", "must be an object.");
            return null;
        }

        return objects;
    }

    private JsonElement? Array(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value;
        }

        Wrong(name, "must be an array.");
        return null;
    }

    private bool TryGet(string name, out JsonElement value) =>
        Element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private string? Text(string name, JsonElement value, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong(name, "must be a text.");
        }

        var text = Decode(name, () => value.GetString()!);
        return text?.Length > maxLength ? Wrong(name, $"must be at most {maxLength} characters.") : text;
    }

    private string? Decode(string name, Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // The only ways a string token fails to decode: an escaped surrogate without its other half, and bytes that are no UTF-8.
            return Wrong(name, "holds half of a surrogate pair, or bytes that are not UTF-8.");
        }
    }

    private long Integer(string name, JsonElement value, long min, long max)
    {
        if (ExactNumber.WholeOf(value) is not { } number)
        {
            Wrong(name, $"must be an integer from {min} to {max}.");
            return 0;
        }

        if (number < min || number > max)
        {
            Wrong(name, $"must be from {min} to {max}.");
            return 0;
        }

        return (long)number;
    }
}
