namespace PaySg.Functions.Platform.Http;

/// <summary>The fields of a request of the PaySG API, with its words for what is wrong.</summary>
internal sealed class RequestFields : JsonFields
{
    public RequestFields(JsonElement element)
        : this(element, "", [])
    {
    }

    private RequestFields(JsonElement element, string path, List<FieldError> errors)
        : base(element, path, errors)
    {
    }

    protected override string NotText => "must be a string.";

    protected override string NotCharacters => "contains an unpaired surrogate, or bytes that are not UTF-8.";

    /// <summary>A number, or null.</summary>
    public JsonElement? OptionalNumber(string name) => OfKind(name, JsonValueKind.Number, "must be a number.");

    /// <summary>A time in either form of <see cref="RequestTime"/>, or null.</summary>
    public DateTimeOffset? OptionalTime(string name)
    {
        // Its digits after the point may be as many as the body has room for.
        var text = Find(name) is { ValueKind: JsonValueKind.Number } number ? RequestTime.TextOf(number) : OptionalText(name, RequestBody.Limit);
        var time = text is null ? null : RequestTime.Parse(text);
        if (text is not null && time is null)
            Wrong(name, RequestTime.WhyNot(text));

        return time;
    }

    /// <summary>The name and text of each entry of an object of texts, in the order given; null where absent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? OptionalTexts(string name, int maxEntries, int maxKeyLength, int maxValueLength)
    {
        if (OfKind(name, JsonValueKind.Object, "must be an object whose values are strings.") is not { } value)
            return null;

        var entries = new List<KeyValuePair<string, string>>();
        foreach (var property in value.EnumerateObject())
        {
            if (entries.Count == maxEntries)
            {
                Wrong(name, $"must have at most {maxEntries} entries.");
                return null;
            }

            var key = Decode(property, static property => property.Name) ?? Wrong(name, NotCharacters);
            if (key is { Length: 0 } || key?.Length > maxKeyLength)
                Wrong(name, $"must have keys of 1 to {maxKeyLength} characters.");

            if (key is not null && Text($"{name}.{key}", property.Value, maxValueLength) is { } text)
                entries.Add(new(key, text));
        }

        return entries;
    }

    /// <summary>The texts of an array; null where absent.</summary>
    public IReadOnlyList<string>? OptionalTextArray(string name, int maxEntries, int maxLength)
    {
        if (Array(name) is not { } array)
            return null;

        if (array.GetArrayLength() > maxEntries)
        {
            Wrong(name, $"must have at most {maxEntries} entries.");
            return null;
        }

        return [.. array.EnumerateArray().Select((item, index) => Text(Item(name, index), item, maxLength) ?? "")];
    }

    /// <summary>The fields of an object; null where absent.</summary>
    public RequestFields? OptionalObject(string name) => Object(name) is { } value ? Inner(name, value, Of) : null;

    /// <summary>The objects of an array, each with its own readers; null where absent.</summary>
    public IReadOnlyList<RequestFields>? OptionalObjects(string name) => Array(name) is { } array ? Objects(name, array, "must be an object.", Of) : null;

    protected override ApiException Refusal(IReadOnlyList<FieldError> errors) => ApiErrors.InvalidParameters(errors);

    protected override string Item(string name, int index) => $"{name}[{index}]";

    protected override string Say(string name, string words) => words;

    protected override string Missing(string name, string shape) => $"is required: {shape}.";

    protected override string Blank(string name) => "must not be empty.";

    protected override string TooLong(int maxLength) => $"must be at most {maxLength} characters.";

    protected override string OutOfRange(decimal? number, long min, long max) =>
        number is null ? $"must be an integer from {min} to {max}." : $"must be from {min} to {max}.";

    private static RequestFields Of(JsonElement element, string path, List<FieldError> errors) => new(element, path, errors);
}
