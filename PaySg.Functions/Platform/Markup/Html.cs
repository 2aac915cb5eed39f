using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PaySg.Functions.Platform.Markup;

/// <summary>A piece of HTML. Whatever is put into a template is encoded, unless it is such a piece itself.</summary>
/// <param name="Text">The markup.</param>
internal sealed record Html(string Text)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    public static Html Of(FormattableString template) =>
        new(string.Format(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Encode)]));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Join('\n', pieces.Select(piece => piece.Text)));

    /// <summary>Fills a template where the condition holds; else nothing.</summary>
    public static Html When(bool condition, FormattableString template) => condition ? Of(template) : Empty;

    /// <summary>Plain text of ours as HTML, blanks at its ends included.</summary>
    public static Html OfText(string text) => new(Encoder.Encode(text));

    private static string Encode(object? value) => value switch
    {
        Html html => html.Text,
        Sentence sentence => sentence.Html.Text,
        _ => Encoder.Encode(ShownText.OneLine(Convert.ToString(value, CultureInfo.InvariantCulture))),
    };
}
