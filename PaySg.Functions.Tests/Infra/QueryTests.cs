using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Infra;

public sealed partial class QueryTests
{
    /// <summary>By the language service that the portal's editor uses: syntax, functions, and columns of the workspace's tables.</summary>
    [Fact]
    public async Task Queries_of_the_runbook_and_of_alerts_are_valid()
    {
        IReadOnlyList<string> queries =
        [
            .. Document.Read("docs/operate/operations.md").Code("kusto"),
            .. AlertQuery().Matches(Document.Repository.Read("infra/modules/alerts.bicep")).Select(query => query.Groups["text"].Value),
        ];

        var wrong = queries.Zip(await ErrorsOfAsync(queries), (query, errors) => $"{string.Join("; ", errors)}: {query}").Where(line => !line.StartsWith(':')).ToList();

        Assert.True(queries.Count >= 24);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_query_with_a_mistake_is_found()
    {
        (string Query, string Error)[] mistakes =
        [
            ("AppTraces | wear Message == \"a\"", "Query operator expected."),
            ("AppTraces | where Massage == \"a\"", "The name 'Massage' does not refer to any known column"),
            ("AppMetrics | where max(Sum) > 1", "The aggregate function 'max' is not allowed in this context."),
            ("AppEvents | count", "The name 'AppEvents' does not refer to any known table"),
        ];

        var found = await ErrorsOfAsync([.. mistakes.Select(mistake => mistake.Query)]);

        Assert.Equal(mistakes.Length, found.Length);
        Assert.All(mistakes.Zip(found), pair => Assert.Contains(pair.Second, error => error.Contains(pair.First.Error, StringComparison.Ordinal)));
    }

    private static Task<string[][]> ErrorsOfAsync(IReadOnlyList<string> queries)
    {
        var root = Document.Repository.Root;
        return Node.AskAsync<string[][]>([Path.Combine(root, "PaySg.Functions.Tests/Infra/check-queries.cjs"), root], queries);
    }

    [GeneratedRegex(@"^\s+query: '(?<text>[^']+)'$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertQuery();
}
