using System.Net;
using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Reads the form of a page as a browser would send it: inputs and text areas with what stands in them.</summary>
internal static partial class SettingsForms
{
    public static Dictionary<string, string> Of(string page)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Inputs().Matches(page))
            fields[Name().Match(input.Value).Groups["name"].Value] = WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value);
        foreach (Match area in Areas().Matches(page))
            fields[Name().Match(area.Value).Groups["name"].Value] = WebUtility.HtmlDecode(area.Groups["text"].Value);
        return fields;
    }

    [GeneratedRegex("<input [^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inputs();

    // A browser leaves out a line break right behind the tag.
    [GeneratedRegex("<textarea [^>]*>\n?(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Areas();

    [GeneratedRegex(" name=\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
