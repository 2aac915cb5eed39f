using System.Net;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Reads a page as a person would.</summary>
internal static partial class PageText
{
    /// <summary>The text of the page, every run of blanks as one.</summary>
    public static string Of(string html) =>
        WebUtility.HtmlDecode(Blanks().Replace(Tags().Replace(html, " "), " ")).Trim();

    /// <summary>The text of its heading.</summary>
    public static string Heading(string html) => Of(HeadingTag().Match(html).Groups["text"].Value);

    /// <summary>The value of a hidden field.</summary>
    public static string Hidden(string html, string name) =>
        WebUtility.HtmlDecode(Regex.Match(html, $"name=\"{name}\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value);

    /// <summary>The page without the links to its other languages: they repeat what the reader asked for.</summary>
    public static string WithoutLanguages(string html) => LanguagesTag().Replace(html, "");

    [GeneratedRegex("<[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex HeadingTag();

    [GeneratedRegex("<nav class=\"languages\".*?</nav>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex LanguagesTag();
}
