namespace PaySg.Functions.Platform.Http;

/// <summary>
/// The fields of a JSON object. Each reader returns the value, or notes the mistake and returns null; the notes are thrown together by
/// <see cref="ThrowIfInvalid"/>. A null is as good as absent, and unknown fields are ignored. What an API says of a mistake, its class adds.
/// </summary>
internal abstract class JsonFields(JsonElement element, string path, List<FieldError> errors)
{
    // Enough to mend a request by; a body of 10,000 wrong items must not become an answer of 10,000 lines.
    private const int MaxErrors = 20;

    public JsonElement Element => element;

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    public bool IsValid => errors.Count == 0;

    protected abstract string NotText { get; }

    protected abstract string NotCharacters { get; }

    /// <summary>Ends the request where anything was noted.</summary>
    /// <exception cref="ApiException">The API's error for wrong fields.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
            throw Refusal(errors);
    }

    /// <summary>Notes a mistake; returns null to be used as the value.</summary>
    public string? Wrong(string name, string message)
    {
        if (errors.Count < MaxErrors)
            errors.Add(new FieldError(path + name, message));

        return null;
    }

    /// <summary>Whether the object holds the field, null included: a PATCH tells "clear it" from "leave it".</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>The field's value; null where it is absent or null.</summary>
    public JsonElement? Find(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text that must be there, of 1 to <paramref name="maxLength"/> characters (UTF-16 code units) and not blank.</summary>
    public string? RequiredText(string name, int maxLength)
    {
        var text = Requires(name, $"a string of 1 to {maxLength} characters") ? OptionalText(name, maxLength) : null;
        return text is not null && string.IsNullOrWhiteSpace(text) ? Wrong(name, Blank(name)) : text;
    }

    /// <summary>A text of at most <paramref name="maxLength"/> characters, or null.</summary>
    public string? OptionalText(string name, int maxLength) => Find(name) is { } value ? Text(name, value, maxLength) : null;

    /// <summary>An integer within the bounds that must be there, as a JSON number.</summary>
    public long? RequiredInteger(string name, long min, long max) => Requires(name, $"an integer from {min} to {max}") ? OptionalInteger(name, min, max) : null;

    /// <summary>An integer within the bounds as a JSON number, or null.</summary>
    public long? OptionalInteger(string name, long min, long max) => Find(name) is { } value ? Within(name, ExactNumber.WholeOf(value), min, max) : null;

    /// <summary>True, false or null: JSON's own, not 1 or "true".</summary>
    public bool? OptionalBoolean(string name)
    {
        if (Find(name) is not { } value || value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return Find(name)?.GetBoolean();

        Wrong(name, Say(name, "must be true or false."));
        return null;
    }

    protected abstract ApiException Refusal(IReadOnlyList<FieldError> errors);

    /// <summary>The path of an array's item.</summary>
    protected abstract string Item(string name, int index);

    /// <summary>What is said of a field: the words, with or without its name before them.</summary>
    protected abstract string Say(string name, string words);

    protected abstract string Missing(string name, string shape);

    protected abstract string Blank(string name);

    protected abstract string TooLong(int maxLength);

    /// <param name="number">What was sent; null: no whole number.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    protected abstract string OutOfRange(decimal? number, long min, long max);

    /// <summary>The text; null where it does not decode: an unpaired surrogate, or bytes that are not UTF-8.</summary>
    protected static string? Decode(JsonElement text) => Decode(text, static text => text.GetString());

    /// <summary>The same of what else holds a text.</summary>
    protected static string? Decode<T>(T holder, Func<T, string?> read)
    {
        try
        {
            return read(holder);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the field is there and not null. Notes that it is required where it is not.</summary>
    protected bool Requires(string name, string shape)
    {
        if (Find(name) is not null)
            return true;

        Wrong(name, Missing(name, shape));
        return false;
    }

    protected virtual string? Text(string name, JsonElement value, int maxLength) =>
        value.ValueKind != JsonValueKind.String ? Wrong(name, Say(name, NotText))
        : Decode(value) is not { } text ? Wrong(name, Say(name, NotCharacters))
        : text.Length > maxLength ? Wrong(name, Say(name, TooLong(maxLength)))
        : text;

    protected long? Within(string name, decimal? number, long min, long max)
    {
        if (number >= min && number <= max)
            return (long)number;

        Wrong(name, Say(name, OutOfRange(number, min, max)));
        return null;
    }

    protected JsonElement? Array(string name) => OfKind(name, JsonValueKind.Array, "must be an array.");

    protected JsonElement? Object(string name) => OfKind(name, JsonValueKind.Object, "must be an object.");

    protected JsonElement? OfKind(string name, JsonValueKind kind, string words)
    {
        if (Find(name) is not { } value || value.ValueKind == kind)
            return Find(name);

        Wrong(name, Say(name, words));
        return null;
    }

    /// <summary>The objects of an array, each with its own readers.</summary>
    protected List<T>? Objects<T>(string name, JsonElement array, string words, Func<JsonElement, string, List<FieldError>, T> read)
    {
        var objects = new List<T>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            var at = Item(name, objects.Count);
            if (item.ValueKind != JsonValueKind.Object)
            {
                Wrong(at, Say(name, words));
                return null;
            }

            objects.Add(read(item, $"{path}{at}.", errors));
        }

        return objects;
    }

    /// <summary>The fields of an object within this one.</summary>
    protected T Inner<T>(string name, JsonElement inner, Func<JsonElement, string, List<FieldError>, T> read) => read(inner, $"{path}{name}.", errors);
}
