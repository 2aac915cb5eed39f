using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>What mails are made of. Styles are in attributes, because many mail programs drop style sheets.</summary>
internal static class MailParts
{
    /// <summary>Facts as plain text, one a line.</summary>
    public static string Lines(IEnumerable<(string Label, string Value)> facts) =>
        string.Join('\n', facts.Select(fact => $"{fact.Label}: {ShownText.OneLine(fact.Value)}"));

    /// <summary>Paragraphs of plain text, each with an empty line before it. Empty ones are left out.</summary>
    public static string Paragraphs(params IEnumerable<string> paragraphs) =>
        string.Concat(paragraphs.Where(text => text.Length > 0).Select(text => $"\n{text}\n")).TrimEnd('\n');

    /// <summary>The same as HTML.</summary>
    public static Html HtmlParagraphs(params IEnumerable<string> paragraphs) =>
        Html.Join(paragraphs.Where(text => text.Length > 0).Select(text => Html.Of($"<p>{text}</p>")));

    public static Html Heading(string text) => Html.Of($"""<h2 style="font-size:18px;margin:24px 0 8px">{text}</h2>""");

    /// <summary>Facts as HTML. A label is of our own words, which are broken between words only: Tamil has long ones.</summary>
    public static Html Table(IEnumerable<(string Label, string Value)> facts) => Html.Of($"""
        <table role="presentation" cellpadding="0" cellspacing="0" style="width:100%">
        {Html.Join(facts.Select(fact => Html.Of($"""
            <tr><td style="width:32%;padding:4px 12px 4px 0;color:#555555;vertical-align:top;overflow-wrap:normal;word-break:normal">{fact.Label}</td><td style="padding:4px 0;vertical-align:top">{fact.Value}</td></tr>
            """)))}
        </table>
        """);

    /// <summary>A table of amounts, of the rows that <see cref="Amount"/> makes.</summary>
    public static Html Amounts(IEnumerable<Html> rows) => Html.Of($"""
        <table cellpadding="0" cellspacing="0" style="width:100%;margin:16px 0;border-collapse:collapse">
        {Html.Join(rows)}
        </table>
        """);

    public static Html Amount(Html label, string amount, bool isTotal)
    {
        var weight = isTotal ? "bold" : "normal";
        return Html.Of($"""
            <tr><th scope="row" style="padding:6px 16px 6px 0;border-top:1px solid #cccccc;text-align:left;vertical-align:top;font-weight:{weight}">{label}</th><td style="padding:6px 0;border-top:1px solid #cccccc;text-align:right;vertical-align:top;white-space:nowrap;font-weight:{weight}">{amount}</td></tr>
            """);
    }
}
