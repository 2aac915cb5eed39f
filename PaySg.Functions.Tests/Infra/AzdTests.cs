using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What the Azure Developer CLI and the workflow take from the Bicep files, and what azd's hooks do.</summary>
public sealed partial class AzdTests
{
    private static readonly string[] Keys = ["PAYSG_MANAGEMENT_KEY", "PAYSG_SECRETS_CURRENT_KEY", "PAYSG_TOKENS_CURRENT_KEY"];

    private static string Project { get; } = Document.Repository.Read("azure.yaml").ReplaceLineEndings("\n");

    [Fact]
    public void Azd_finds_the_files_and_the_app_in_them()
    {
        Assert.Contains("infra:\n  provider: bicep\n  path: infra\n  module: main\n", Project, StringComparison.Ordinal);
        Assert.Contains("services:\n  paysg:\n    project: ./PaySg.Functions\n    language: dotnet\n    host: function", Project, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'paysg'", Document.Repository.Read("infra/modules/app.bicep"), StringComparison.Ordinal);
        Assert.Contains("'azd-env-name': environmentName", Document.Repository.Read("infra/main.bicep"), StringComparison.Ordinal);
        Assert.Contains("alpha.resourceGroupDeployments on", Project, StringComparison.Ordinal);
    }

    /// <summary>An output that is named otherwise would be empty, and the release would go nowhere.</summary>
    [Fact]
    public void Outputs_that_somebody_takes_are_there()
    {
        var outputs = Output().Matches(Document.Repository.Read("infra/main.bicep")).Select(output => output.Groups["name"].Value).ToList();
        var taken = Taken().Matches(Document.Repository.Read(".github/workflows/deploy.yml")).Select(output => output.Groups["name"].Value.ToUpperInvariant())
            .Concat(Hook().Matches(Project).Select(output => output.Groups["name"].Value)).Distinct(StringComparer.Ordinal).ToList();
        // az gives the names back in another case.
        var onThePage = Document.Repository.Read("docs/operate/operations.md");

        Assert.Equal(["AZURE_FUNCTION_APP_NAME", "SERVICE_PAYSG_URL"], taken.Order(StringComparer.Ordinal));
        Assert.All(taken, name => Assert.Contains(name, outputs));
        Assert.Contains("properties.outputs.azurE_FUNCTION_APP_NAME.value", onThePage, StringComparison.Ordinal);
        Assert.All(["OUTBOUND_IP_ADDRESS", "CUSTOM_DOMAIN_VERIFICATION_ID", "WHAT_IF_CLIENT_ID"], name => Assert.True(outputs.Contains(name) && onThePage.Contains($"`{name}`", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task The_first_provisioning_stops_while_a_key_is_missing_and_names_it()
    {
        var hook = string.Join('\n', Project.Split("    run: |\n")[1].Split('\n').TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal)).Select(line => line[6..]));

        Assert.Equal(0, (await RunAsync(Keys)).ExitCode);
        foreach (var key in Keys)
        {
            var end = await RunAsync([.. Keys.Except([key])]);
            Assert.NotEqual(0, end.ExitCode);
            Assert.Contains($"{key}: missing", end.Output + end.Errors, StringComparison.Ordinal);
        }

        // Later ones need none: the vault has them.
        Assert.Equal(0, (await RunAsync(["SERVICE_PAYSG_URL"])).ExitCode);

        Task<ChildProcessEnd> RunAsync(IReadOnlyList<string> set) => ChildProcess.RunToEndAsync(
            "sh", "-c", $"unset SERVICE_PAYSG_URL {string.Join(' ', Keys)}; {string.Concat(set.Select(name => $"export {name}=x; "))}\n{hook}\nexit 0");
    }

    [GeneratedRegex("^output (?<name>[A-Z_]+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"jq -r \.(?<name>[a-z_]+)\.value", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Taken();

    [GeneratedRegex(@"\$(?<name>SERVICE_[A-Z_]+|AZURE_[A-Z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hook();
}
