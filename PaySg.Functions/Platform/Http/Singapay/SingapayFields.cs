namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>
/// The fields of a request of the Singapay API, with its words for what is wrong. Fields of items are named as Laravel names them: <c>items.0.name</c>.
/// </summary>
internal sealed class SingapayFields : JsonFields
{
    private readonly bool isDevelopment;

    /// <summary>The fields of a body.</summary>
    /// <param name="isDevelopment">Whether this is a developer's machine, where URLs may lead to itself and by plain HTTP.</param>
    public SingapayFields(RequestFields body, bool isDevelopment = false)
        : this(body.Element, "", [], isDevelopment)
    {
    }

    private SingapayFields(JsonElement element, string path, List<FieldError> errors, bool isDevelopment)
        : base(element, path, errors) => this.isDevelopment = isDevelopment;

    protected override string NotText => "must be a string.";

    protected override string NotCharacters => "contains an invalid character.";

    /// <summary>Whether the field is there and not null. Notes that it is required where it is not.</summary>
    public bool Requires(string name) => Requires(name, shape: "");

    /// <summary>True or false, which must be there.</summary>
    public bool? RequiredBoolean(string name) => Requires(name) ? OptionalBoolean(name) : null;

    /// <summary>A whole number that must be there, as a JSON number or as a text.</summary>
    public WrittenNumber? RequiredNumber(string name, long min, long max)
    {
        if (!Requires(name))
            return null;

        if (WrittenNumber.Read(Find(name)!.Value) is { } number)
            return Within(name, number.Value, min, max) is null ? null : number;

        Wrong(name, Say(name, "must be a whole number, such as 20000 or \"20000.00\"."));
        return null;
    }

    /// <summary>One of some texts, in their case; its place in the list, or null.</summary>
    public int? OptionalChoice(string name, params ReadOnlySpan<string> choices)
    {
        if (Find(name) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.String && Decode(value) is { } text && choices.IndexOf(text) is var choice and >= 0)
            return choice;

        Wrong(name, $"The selected {Words(name)} is invalid. It must be {string.Join(" or ", choices!)}.");
        return null;
    }

    /// <summary>
    /// An absolute https URL of another machine, of at most <paramref name="maxLength"/> characters, without a user's name, or null. On a developer's machine
    /// it may be http, and lead to that machine.
    /// </summary>
    public string? OptionalUrl(string name, int maxLength)
    {
        var text = OptionalText(name, maxLength);

        string? why = null;
        if (text is null || (RequestUrl.Read(text, out why) is { } url && (why = WhyNot(url)) is null))
            return text;

        var kind = isDevelopment ? "http or https, absolute" : "https, absolute, not of this machine";
        return Wrong(name, Say(name, $"must be a valid URL: {kind}, without a user name: {why}"));
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
        return text is null or "" || EmailAddress.IsValid(text) ? text : Wrong(name, Say(name, "must be a valid email address."));
    }

    /// <summary>The texts of an array; null where it is absent or wrong.</summary>
    public IReadOnlyList<string>? OptionalTexts(string name)
    {
        var texts = Array(name)?.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Decode(item) : null).ToList();
        if (texts?.Contains(null) != true)
            return texts!;

        Wrong(name, Say(name, "must be an array of strings."));
        return null;
    }

    /// <summary>The objects of an array that must be there, 1 to <paramref name="maxEntries"/>, each with its own readers.</summary>
    public IReadOnlyList<SingapayFields>? RequiredObjects(string name, int maxEntries)
    {
        if (!Requires(name) || Array(name) is not { } array)
            return null;

        if (array.GetArrayLength() >= 1 && array.GetArrayLength() <= maxEntries)
            return Objects(name, array, "must be an array of objects.", (item, path, errors) => new SingapayFields(item, path, errors, isDevelopment));

        Wrong(name, Say(name, $"must have 1 to {maxEntries} items."));
        return null;
    }

    /// <summary>A JSON object as compact JSON of at most <paramref name="maxBytes"/> bytes, or null.</summary>
    public string? OptionalObject(string name, int maxBytes) =>
        Object(name) is not { } value ? null
        : CompactJson.Of(value) is not { } json ? Wrong(name, Say(name, NotCharacters))
        : json.Length > maxBytes ? Wrong(name, Say(name, $"must not be greater than {maxBytes} bytes of compact JSON."))
        : Encoding.UTF8.GetString(json);

    protected override ApiException Refusal(IReadOnlyList<FieldError> errors) => SingapayErrors.Invalid(errors);

    protected override string Item(string name, int index) => $"{name}.{index}";

    protected override string Say(string name, string words) => $"The {Words(name)} {words}";

    protected override string Missing(string name, string shape) => $"{char.ToUpperInvariant(name[0])}{Words(name)[1..]} is required";

    protected override string Blank(string name) => Missing(name, shape: "");

    protected override string TooLong(int maxLength) => $"must not be greater than {maxLength} characters.";

    protected override string OutOfRange(decimal? number, long min, long max) =>
        number is null or < long.MinValue or > long.MaxValue ? "must be an integer."
        : number < min ? $"must be at least {min}."
        : $"must not be greater than {max}.";

    // Titles and customers go into signed webhooks; all texts keep to the same rule, which is easier to remember.
    protected override string? Text(string name, JsonElement value, int maxLength) =>
        base.Text(name, value, maxLength) is not { } text ? null
        : SignedText.FaultIn(text) is { } fault ? Wrong(name, Say(name, $"must not hold {fault}"))
        : text;

    private static string Words(string name) => name.Replace('_', ' ');
}
