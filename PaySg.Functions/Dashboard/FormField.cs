using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>A field of a form, with its label, its hint and the mistake beside it.</summary>
/// <param name="Name">What it is called in the form; its id, too.</param>
/// <param name="Label">What officers call it.</param>
/// <param name="Value">What is in it.</param>
internal sealed record FormField(string Name, string Label, string? Value)
{
    /// <summary>What helps to fill it in; empty: nothing is to be said.</summary>
    public string Hint { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>Whether it narrows a search or is one of many rows: then nobody need be told that it is optional.</summary>
    public bool IsFilter { get; init; }

    /// <summary>The type of a browser's input.</summary>
    public string Type { get; init; } = "text";

    /// <summary>How many characters it takes.</summary>
    public int MaxLength { get; init; } = 255;

    /// <summary>Which keys a phone shows; empty: those of its type.</summary>
    public string InputMode { get; init; } = "";

    /// <summary>Whether it is as wide as a number.</summary>
    public bool IsShort { get; init; }

    /// <summary>How many lines are shown; 0: it has one line.</summary>
    public int Lines { get; init; }

    /// <summary>What can be chosen; null: it is typed.</summary>
    public IReadOnlyList<FieldChoice>? Choices { get; init; }

    /// <summary>What stands below it.</summary>
    public Html Below { get; init; } = Html.Empty;

    /// <summary>The field, with what is wrong with it among the mistakes of a form.</summary>
    public Html Print(IReadOnlyList<FieldError> errors) => Print(errors.FirstOrDefault(candidate => candidate.Field == Name)?.Message);

    /// <summary>The field.</summary>
    /// <param name="mistake">What is wrong with it; null: nothing.</param>
    public Html Print(string? mistake = null)
    {
        string[] described = [.. Hint.Length > 0 ? [$"{Name}-hint"] : Array.Empty<string>(), .. mistake is not null ? [$"{Name}-error"] : Array.Empty<string>()];
        var attributes = Html.Of($"""
            {Html.When(IsRequired, $" required")}{Html.When(mistake is not null, $" aria-invalid=\"true\"")}{Html.When(described.Length > 0, $" aria-describedby=\"{string.Join(' ', described)}\"")}
            """);
        return Html.Of($"""
            <div class="field{Html.When(mistake is not null, $" wrong")}">
            <label for="{Name}">{Label}{Html.When(!IsRequired && !IsFilter && Choices is null, $" <span class=\"quiet\">(optional)</span>")}</label>
            {Html.When(Hint.Length > 0, $"""<p class="hint" id="{Name}-hint">{Hint}</p>""")}
            {Html.When(mistake is not null, $"""<p class="error" id="{Name}-error">{mistake}</p>""")}
            {(Choices is not null ? Select(attributes, Choices) : Lines > 0 ? TextArea(attributes) : Input(attributes, mistake is not null))}
            {Below}
            </div>
            """);
    }

    /// <summary>What is to be corrected, with links to the fields; nothing where all is well.</summary>
    /// <param name="heading">What was not done.</param>
    /// <param name="errors">What is wrong, in sentences.</param>
    /// <param name="refusal">Why, where no field is wrong; null: nothing is to be said.</param>
    public static Html Mistakes(string heading, IReadOnlyList<FieldError> errors, Html? refusal = null) => Html.When(errors.Count > 0 || refusal is not null, $"""
        <div class="errors" role="alert" tabindex="-1">
        <h2>{heading}</h2>
        <ul>
        {(refusal is null ? Html.Empty : Html.Of($"<li>{refusal}</li>"))}
        {Html.Join(errors.Select(error => Html.Of($"""<li><a href="#{error.Field}">{error.Message}</a></li>""")))}
        </ul>
        </div>
        """);

    /// <summary>Why nothing was done that no field is to blame for; nothing where nothing was refused.</summary>
    /// <param name="heading">What was not done.</param>
    public static Html Refusal(string heading, string? refusal) => Html.When(refusal is not null, $"""
        <div class="errors" role="alert" tabindex="-1"><h2>{heading}</h2><p>{refusal}</p></div>
        """);

    /// <summary>A box to tick.</summary>
    public static Html Box(string name, string label, bool isTicked) => Html.Of($"""
        <label class="box"><input type="checkbox" id="{name}" name="{name}" value="1"{Html.When(isTicked, $" checked")}> {label}</label>
        """);

    /// <summary>A browser shows no date that is none: what was typed is to be seen all the same.</summary>
    private Html Input(Html attributes, bool isWrong) => Html.Of($"""
        <input{Html.When(IsShort, $" class=\"short\"")} type="{(isWrong && Type.StartsWith("date", StringComparison.Ordinal) ? "text" : Type)}" id="{Name}" name="{Name}" value="{Value}" maxlength="{MaxLength}" autocomplete="off"{Html.When(InputMode.Length > 0, $" inputmode=\"{InputMode}\"")}{attributes}>
        """);

    /// <summary>A browser leaves out a line break right behind the tag, so one stands there that is not of the text.</summary>
    private Html TextArea(Html attributes) => Html.Of($"""
        <textarea id="{Name}" name="{Name}" maxlength="{MaxLength}" rows="{Lines}" autocomplete="off"{attributes}>{new Html("\n" + Html.OfText(Value ?? "").Text)}</textarea>
        """);

    private Html Select(Html attributes, IReadOnlyList<FieldChoice> choices) => Html.Of($"""
        <select id="{Name}" name="{Name}"{attributes}>
        {Html.Join(choices.Select(choice => Html.Of($"""<option value="{choice.Value}"{Html.When(choice.Lang is not null, $" lang=\"{choice.Lang}\"")}{Html.When(choice.Value == Value, $" selected")}>{choice.Text}</option>""")))}
        </select>
        """);
}
