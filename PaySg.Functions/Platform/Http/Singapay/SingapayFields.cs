namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>
/// The fields of a request of the Singapay API, with its words for what is wrong. Each reader returns the value, or notes the mistake and returns
/// null; the notes are thrown together by <see cref="ThrowIfInvalid"/>. A null is as good as absent, unknown fields are ignored, and types are
/// JSON's: true and false, not 1 or "true". Fields of items are named as Laravel names them: <c>items.0.name</c>.
/// </summary>
internal sealed class SingapayFields
{
    // Enough to mend a request by; a body of thousands of wrong items must not become an answer of thousands of lines.
    private const int MaxErrors = 20;

    private readonly bool isDevelopment;
    private readonly JsonElement element;
    private readonly string path;
    private readonly List<FieldError> errors;

    /// <summary>The fields of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isDevelopment">Whether this is a developer's machine, where URLs may lead to itself and by plain HTTP.</param>
    public SingapayFields(RequestFields body, bool isDevelopment = false)
        : this((body ?? throw new ArgumentNullException(nameof(body))).Element, "", [], isDevelopment)
    {
    }

    private SingapayFields(JsonElement element, string path, List<FieldError> errors, bool isDevelopment)
    {
        this.isDevelopment = isDevelopment;
        this.element = element;
        this.path = path;
        this.errors = errors;
    }

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsValid => errors.Count == 0;

    /// <summary>Ends the request with 422 where anything was noted.</summary>
    /// <exception cref="ApiException">422.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw SingapayErrors.Invalid(errors);
        }
    }

    public void Wrong(string name, string message)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add(new FieldError(path + name, message));
        }
    }

    /// <summary>Whether the body names the field, be it null.</summary>
    public bool Names(string name) => element.TryGetProperty(name, out _);

    /// <summary>Whether the field is there and not null. Notes that it is required where it is not.</summary>
    public bool Requires(string name)
    {
        if (Find(name) is not null)
        {
            return true;
        }

        Wrong(name, $"{char.ToUpperInvariant(name[0])}{Words(name)[1..]} is required");
        return false;
    }

    /// <summary>The field's value; null where it is absent or null.</summary>
    public JsonElement? Find(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text that must be there, of 1 to <paramref name="maxLength"/> characters (UTF-16 code units) and not blank.</summary>
    public string? RequiredText(string name, int maxLength) => Requires(name) ? NotBlank(name, OptionalText(name, maxLength)) : null;

    /// <summary>A text of at most <paramref name="maxLength"/> characters, or null.</summary>
    public string? OptionalText(string name, int maxLength)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(name, $"The {Words(name)} must be a string.");
            return null;
        }

        if (Decode(value) is not { } text)
        {
            Wrong(name, $"The {Words(name)} holds what is no character.");
            return null;
        }

        if (text.Length > maxLength)
        {
            Wrong(name, $"The {Words(name)} must not be greater than {maxLength} characters.");
            return null;
        }

        // Titles and customers go into signed webhooks; all texts keep to the same rule, which is easier to remember.
        if (SignedText.FaultIn(text) is { } fault)
        {
            Wrong(name, $"The {Words(name)} must not hold {fault}");
            return null;
        }

        return text;
    }

    /// <summary>True or false, which must be there.</summary>
    public bool? RequiredBoolean(string name) => Requires(name) ? OptionalBoolean(name) : null;

    /// <summary>True or false, or null.</summary>
    public bool? OptionalBoolean(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Wrong(name, $"The {Words(name)} must be true or false.");
                return null;
        }
    }

    /// <summary>A whole number that must be there, as a JSON number.</summary>
    public long? RequiredInteger(string name, long min, long max) => Requires(name) ? OptionalInteger(name, min, max) : null;

    /// <summary>A whole number as a JSON number, or null.</summary>
    public long? OptionalInteger(string name, long min, long max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (WrittenNumber.Read(value) is { IsText: false } number)
        {
            return Within(name, number.Value, min, max) ? number.Value : null;
        }

        Wrong(name, $"The {Words(name)} must be an integer.");
        return null;
    }

    /// <summary>A whole number that must be there, as a JSON number or as a text.</summary>
    public WrittenNumber? RequiredNumber(string name, long min, long max)
    {
        if (!Requires(name))
        {
            return null;
        }

        if (WrittenNumber.Read(Find(name)!.Value) is { } number)
        {
            return Within(name, number.Value, min, max) ? number : null;
        }

        Wrong(name, $"The {Words(name)} must be a whole number, such as 20000 or \"20000.00\".");
        return null;
    }

    /// <summary>One of some texts, in their case, that must be there; its place in the list.</summary>
    public int? RequiredChoice(string name, params ReadOnlySpan<string> choices) => Requires(name) ? OptionalChoice(name, choices) : null;

    /// <summary>One of some texts, in their case; its place in the list, or null.</summary>
    public int? OptionalChoice(string name, params ReadOnlySpan<string> choices)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && Decode(value) is { } text && choices.IndexOf(text) is var choice and >= 0)
        {
            return choice;
        }

        Wrong(name, $"The selected {Words(name)} is invalid. It must be {string.Join(" or ", choices!)}.");
        return null;
    }

    /// <summary>
    /// An absolute https URL of another machine, of at most <paramref name="maxLength"/> characters, without a user's name, or null. On a developer's machine it may
    /// be http, and lead to that machine.
    /// </summary>
    public string? OptionalUrl(string name, int maxLength)
    {
        var text = OptionalText(name, maxLength);

        string? why = null;
        if (text is null || (RequestUrl.Read(text, out why) is { } url && (why = WhyNot(url)) is null))
        {
            return text;
        }

        Wrong(name, isDevelopment
            ? $"The {Words(name)} must be a valid URL: http or https, absolute, without a user name: {why}"
            : $"The {Words(name)} must be a valid URL: https, absolute, not of this machine, without a user name: {why}");
        return null;
    }

    private string? WhyNot(Uri url) => url.UserInfo.Length > 0 ? "it has a user name, or an @ in its host."
        : isDevelopment ? null
        : url.Scheme != Uri.UriSchemeHttps ? "it does not begin with https://."
        : RequestUrl.IsThisMachine(url) ? "its host is this machine."
        : null;

    /// <summary>An e-mail address of at most <paramref name="maxLength"/> characters; empty where it was sent empty, or null.</summary>
    public string? OptionalEmail(string name, int maxLength)
    {
        var text = OptionalText(name, maxLength);
        if (text is null or "" || EmailAddress.IsValid(text))
        {
            return text;
        }

        Wrong(name, $"The {Words(name)} must be a valid email address.");
        return null;
    }

    /// <summary>The texts of an array; null where it is absent or wrong.</summary>
    public IReadOnlyList<string>? OptionalTexts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, $"The {Words(name)} must be an array.");
            return null;
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || Decode(item) is not { } text)
            {
                Wrong(name, $"The {Words(name)} must be an array of strings.");
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>The objects of an array that must be there, 1 to <paramref name="maxEntries"/>, each with its own readers.</summary>
    public IReadOnlyList<SingapayFields>? RequiredObjects(string name, int maxEntries)
    {
        if (!Requires(name))
        {
            return null;
        }

        var value = Find(name)!.Value;
        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, $"The {Words(name)} must be an array.");
            return null;
        }

        if (value.GetArrayLength() < 1 || value.GetArrayLength() > maxEntries)
        {
            Wrong(name, $"The {Words(name)} must have 1 to {maxEntries} items.");
            return null;
        }

        var objects = new List<SingapayFields>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                objects.Add(new SingapayFields(item, $"{path}{name}.{objects.Count}.", errors, isDevelopment));
                continue;
            }

            Wrong($"{name}.{objects.Count}", $"The {Words(name)} must be an array of objects.");
            return null;
        }

        return objects;
    }

    /// <summary>A JSON object as compact JSON of at most <paramref name="maxBytes"/> bytes, or null.</summary>
    public string? OptionalObject(string name, int maxBytes)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(name, $"The {Words(name)} must be an object.");
            return null;
        }

        if (CompactJson.Of(value) is not { } json)
        {
            Wrong(name, $"The {Words(name)} holds what is no character.");
            return null;
        }

        if (json.Length > maxBytes)
        {
            Wrong(name, $"The {Words(name)} must not be greater than {maxBytes} bytes of compact JSON.");
            return null;
        }

        return System.Text.Encoding.UTF8.GetString(json);
    }

    private static string Words(string name) => name.Replace('_', ' ');

    private static string? Decode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // No UTF-8, or an escaped surrogate without its other half.
            return null;
        }
    }

    private string? NotBlank(string name, string? text)
    {
        if (text is null || !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        Wrong(name, $"{char.ToUpperInvariant(name[0])}{Words(name)[1..]} is required");
        return null;
    }

    private bool Within(string name, long value, long min, long max)
    {
        if (value < min)
        {
            Wrong(name, $"The {Words(name)} must be at least {min}.");
        }
        else if (value > max)
        {
            Wrong(name, $"The {Words(name)} must not be greater than {max}.");
        }

        return value >= min && value <= max;
    }
}
