using System.Text.RegularExpressions;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.Tests.Docs;

public sealed partial class ErrorsDocTests
{
    private static Document Page => Document.Read("docs/integrate/errors.md");

    [Fact]
    public void The_page_lists_each_error_that_the_catalogue_makes_once_and_no_other()
    {
        var documented = Listed(Page.Section("## The codes"), Code())
            .Select(entry => $"{entry.Status} {(entry.Match.Groups["type"].Success ? entry.Match.Groups["type"].Value : "invalid_request_error")} {entry.Match.Groups["code"].Value}")
            .Order(StringComparer.Ordinal);
        var made = ErrorCatalogue.Of(typeof(ApiErrors))
            .Select(error => $"{error.Status} {error.Type} {error.Code}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    [Fact]
    public void The_page_lists_each_error_of_the_Singapay_API_once_and_no_other()
    {
        var documented = Listed(Page.Section("## Singapay API"), Message())
            .Select(entry => $"{entry.Status} {entry.Match.Groups["message"].Value}")
            .Order(StringComparer.Ordinal);
        var made = ErrorCatalogue.Of(typeof(SingapayErrors))
            .Select(error => $"{error.Status} {error.Message.Replace("example", "…", StringComparison.Ordinal)}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    /// <summary>The items below headings that begin with a status. Each says what the error means and, in bold, what to do.</summary>
    private static List<(string Status, Match Match)> Listed(Document section, Regex form)
    {
        var entries = new List<(string Status, Match Match)>();
        foreach (var heading in section.Text.Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)))
        {
            foreach (var item in section.Section(heading).Items())
            {
                var match = form.Match(item);
                Assert.True(match.Success, $"{heading}: this names no error, or does not say what it means and what to do: {item}");
                entries.Add((heading.Split(' ')[1], match));
            }
        }

        return entries;
    }

    [GeneratedRegex(@"^`(?<code>[a-z_]+)`( \(`(?<type>[a-z_]+)`\))?: [\w`].*[.] [*]{2}\w.*[.][*]{2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex("""^"(?<message>[^"]+)": [\w`].*[.] [*]{2}\w.*[.][*]{2}$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Message();
}
