using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Operations.Contract;

public sealed class LintTests
{
    /// <summary>By Redocly's linter, with the rules of <c>redocly.yaml</c>: the document is valid, and each example is by its schema.</summary>
    [Fact]
    public async Task The_document_is_valid_and_clean()
    {
        var root = Document.Repository.Root;

        // It tells nobody that it was run, and asks nobody for a newer version.
        var output = await ChildProcess.RunAsync(
            "env", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "node", Path.Combine(root, "node_modules/@redocly/cli/bin/cli.js"),
            "lint", Path.Combine(root, OpenApiFile.Path), "--config", Path.Combine(root, "redocly.yaml"), "--format", "json");

        Assert.Contains("\"errors\": 0", output, StringComparison.Ordinal);
        Assert.Contains("\"warnings\": 0", output, StringComparison.Ordinal);
    }
}
