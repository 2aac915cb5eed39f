using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>A field of a form that is typed into, with its label, its hint, and what is wrong with it beside it.</summary>
/// <param name="Name">Its name in the form, which also is its id in the page.</param>
/// <param name="Label">What it asks for.</param>
/// <param name="Autocomplete">What browsers fill it in with (HTML, "autofill field names").</param>
internal sealed record FormField(string Name, string Label, string Autocomplete)
{
    /// <summary>What helps to fill it in; may be empty.</summary>
    public string Hint { get; init; } = "";

    /// <summary>What browsers make of it: <c>text</c>, <c>email</c> or <c>tel</c>.</summary>
    public string Type { get; init; } = "text";

    /// <summary>The keyboard that a phone shows.</summary>
    public string Mode { get; init; } = "text";

    /// <summary>How many characters a browser lets be typed.</summary>
    public required int MaxLength { get; init; }

    /// <summary>What stands in it.</summary>
    public string Value { get; init; } = "";

    /// <summary>Its look, a class of the stylesheet; may be empty.</summary>
    public string Look { get; init; } = "";

    /// <summary>What stands beside its label; may be nothing.</summary>
    public Html Beside { get; init; } = Html.Empty;

    /// <param name="say">The words of what is wrong.</param>
    /// <param name="errors">What is wrong in the form, by the names of fields.</param>
    public Html Print(FormTexts say, IReadOnlyList<FormError> errors)
    {
        var error = errors.FirstOrDefault(candidate => candidate.Field == Name)?.Message(say);
        string[] described = [.. Hint.Length > 0 ? [$"{Name}-hint"] : Array.Empty<string>(), .. error is not null ? [$"{Name}-error"] : Array.Empty<string>()];
        return Html.Of($"""
            <div class="field{Html.When(error is not null, $" wrong")}">
            {(Beside == Html.Empty ? LabelOf() : Html.Of($"""<div class="top">{LabelOf()}{Beside}</div>"""))}
            {Html.When(Hint.Length > 0, $"""<p class="hint" id="{Name}-hint">{Hint}</p>""")}
            {Html.When(error is not null, $"""<p class="error" id="{Name}-error">{error}</p>""")}
            <input class="{Look}" type="{Type}" id="{Name}" name="{Name}" value="{Value}" maxlength="{MaxLength}" autocomplete="{Autocomplete}" inputmode="{Mode}" spellcheck="false" required{Html.When(error is not null, $" aria-invalid=\"true\"")}{Html.When(described.Length > 0, $" aria-describedby=\"{string.Join(' ', described)}\"")}>
            </div>
            """);
    }

    private Html LabelOf() => Html.Of($"""<label for="{Name}">{Label}</label>""");

    /// <summary>What is wrong in a form, announced above it, each with the way to its field; nothing where nothing is wrong.</summary>
    public static Html ErrorList(FormTexts say, IReadOnlyList<FormError> errors) => Html.When(errors.Count > 0, $"""
        <div class="errors" role="alert" tabindex="-1">
        <h2>{say.PleaseCheck}</h2>
        <ul>
        {Html.Join(errors.Select(error => Html.Of($"""<li><a href="#{error.Field}">{error.Message(say)}</a></li>""")))}
        </ul>
        </div>
        """);
}
