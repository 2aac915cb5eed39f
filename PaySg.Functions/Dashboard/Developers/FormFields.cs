using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>The fields of a form: what was typed into each, and the mistake beside it.</summary>
/// <param name="labels">What officers call each field, by the API's name of it, in the order of the form.</param>
/// <param name="refusal">Why the form was refused; null: it was not sent yet.</param>
internal sealed class FormFields(IReadOnlyList<(string Name, string Label)> labels, FormRefusal? refusal)
{
    /// <summary>All that is wrong, above the form.</summary>
    public Html Mistakes() => refusal is null ? Html.Empty : FormField.Mistakes(
        "Nothing was changed. Please check:",
        [.. refusal.Errors.Select(error => new FieldError(PlaceOf(error), Sentence(error)))],
        refusal.Message is null ? null : Html.Of($"{refusal.Message}"));

    /// <summary>A field of one line.</summary>
    /// <param name="name">The API's name.</param>
    /// <param name="value">What stands in it.</param>
    /// <param name="hint">How to fill it in; empty: nothing is said.</param>
    /// <param name="maxLength">How many characters it takes.</param>
    /// <param name="type">Of the input.</param>
    public Html Line(string name, string value, string hint, int maxLength, bool isRequired = false, string type = "text") =>
        new FormField(name, LabelOf(name), value) { Hint = hint, MaxLength = maxLength, IsRequired = isRequired, Type = type }
            .Print(refusal?.ErrorOf(name) is { } error ? Sentence(error) : null);

    /// <summary>Boxes to tick.</summary>
    /// <param name="name">The API's name of the list.</param>
    /// <param name="hint">How to choose; empty: nothing is said.</param>
    /// <param name="choices">The name of each box, what stands beside it, and whether it is ticked.</param>
    public Html Boxes(string name, string hint, IEnumerable<(string Box, Html Text, bool IsTicked)> choices)
    {
        var error = refusal?.ErrorOf(name);
        return Html.Of($"""
            <fieldset class="field boxes{Html.When(error is not null, $" wrong")}" id="{name}" tabindex="-1"{Html.When(hint.Length > 0, $" aria-describedby=\"{name}-hint\"")}>
            <legend>{LabelOf(name)}</legend>
            {Html.When(hint.Length > 0, $"""<p class="hint" id="{name}-hint">{hint}</p>""")}
            {Mistake(name, error)}
            {Html.Join(choices.Select(choice => Html.Of($"""
                <label class="choice"><input type="checkbox" name="{choice.Box}" value="yes"{Html.When(choice.IsTicked, $" checked")}> <span>{choice.Text}</span></label>
                """)))}
            </fieldset>
            """);
    }

    private string LabelOf(string name) => labels.FirstOrDefault(label => label.Name == name) is { Label: { } text } ? text : name;

    /// <summary>Where the mistake stands: the API also names entries of lists.</summary>
    private string PlaceOf(FieldError error) => labels.FirstOrDefault(label => refusal?.ErrorOf(label.Name) == error) is { Name: { } name } ? name : error.Field;

    private string Sentence(FieldError error)
    {
        // The API lists the names that it takes; the form has a box for each.
        if (error.Message.StartsWith("must list one or more", StringComparison.Ordinal))
            return $"{LabelOf(PlaceOf(error))}: tick one or more.";

        var message = error.Message.StartsWith("is required", StringComparison.Ordinal) ? "is required." : error.Message;
        return message.Length > 0 && char.IsUpper(message[0]) ? message : $"{LabelOf(PlaceOf(error))} {message}";
    }

    private Html Mistake(string name, FieldError? error) => error is null ? Html.Empty : Html.Of($"""<p class="error" id="{name}-error">{Sentence(error)}</p>""");
}
