using System.Text.RegularExpressions;

namespace PaySg.Functions.Tests.Docs;

/// <summary>Names of pages in code, such as <c>docs/start/faq.md</c>.</summary>
internal static partial class PageName
{
    public static IEnumerable<string> Of(string text) => Name().Matches(text).Select(name => name.Value);

    [GeneratedRegex(@"\bdocs/[a-z0-9/-]+\.md\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
