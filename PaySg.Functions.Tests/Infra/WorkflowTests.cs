using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>The rules that the workflows keep.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Files = [.. Directory.GetFiles(Path.Combine(Document.Repository.Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Workflows => [.. Files];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_commit_and_says_its_version(string workflow)
    {
        var used = Uses().Matches(Read(workflow)).Select(use => use.Groups["what"].Value.Trim()).Where(what => !what.StartsWith("./", StringComparison.Ordinal)).ToList();

        Assert.All(used, what => Assert.Matches(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", what));
    }

    [Fact]
    public void An_action_has_one_version_in_all_workflows()
    {
        var used = Files.SelectMany(file => Uses().Matches(Read(file))).Select(use => use.Groups["what"].Value.Trim().Split('@')).Where(use => use.Length == 2).ToList();

        Assert.NotEmpty(used);
        Assert.All(used.GroupBy(use => use[0], StringComparer.Ordinal), versions => Assert.Single(versions.Select(use => use[1]).Distinct(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_read_the_repository_and_no_more_and_a_job_signs_in_to_Azure_by_OIDC_alone(string workflow)
    {
        var text = Read(workflow);

        Assert.Contains("\npermissions:\n  contents: read\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        var mayWrite = Permission().Matches(text).Select(permission => permission.Groups["what"].Value).Distinct();
        Assert.Empty(mayWrite.Except(workflow == "release.yml" ? ["contents"] : ["id-token"]));
        Assert.Equal(text.Contains("azure/login@", StringComparison.Ordinal), text.Contains("id-token: write", StringComparison.Ordinal));
        Assert.Equal(
            text.Split("actions/checkout@").Length,
            text.Split("persist-credentials: false").Length);
    }

    [Fact]
    public void Every_change_is_tested_and_what_was_tested_is_published()
    {
        var build = Read("build.yml");

        Assert.Single(Regex.Matches(build, "- run: bash .ci/run", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains("dotnet publish PaySg.Functions -c Release -r linux-x64", build, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_week_the_rules_are_changed_to_see_whether_a_test_notices_and_none_may_go_unnoticed()
    {
        var mutation = Read("mutation.yml");
        using var config = JsonDocument.Parse(Document.Repository.Read("stryker-config.json"));
        var stryker = config.RootElement.GetProperty("stryker-config");

        Assert.Contains("  schedule:\n    - cron:", mutation, StringComparison.Ordinal);
        Assert.Contains("      - run: dotnet tool restore\n      - run: dotnet stryker\n", mutation, StringComparison.Ordinal);
        Assert.Equal(100, stryker.GetProperty("thresholds").GetProperty("break").GetInt32());
        Assert.Equal("Category=Rules", stryker.GetProperty("test-case-filter").GetString());
        Assert.All(
            stryker.GetProperty("mutate").EnumerateArray().Select(file => file.GetString()!),
            file => Assert.NotEmpty(Directory.GetFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions", Path.GetDirectoryName(file)!), Path.GetFileName(file))));
    }

    [Fact]
    public void Every_week_the_tests_run_that_the_build_leaves_out_for_their_length()
    {
        var weekly = Read("weekly.yml");

        Assert.Contains("  schedule:\n    - cron:", weekly, StringComparison.Ordinal);
        Assert.Contains("      - run: dotnet test --filter Category=Weekly\n", weekly, StringComparison.Ordinal);
        Assert.Contains(
            typeof(WorkflowTests).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributesData()),
            attribute => attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments[1].Value is "Weekly");
    }

    [Fact]
    public void The_build_runs_the_fast_set_and_beside_it_the_long_one()
    {
        var run = Document.Repository.Read(".ci/run");

        Assert.Single(Regex.Matches(run, "^dotnet test .*", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
        Assert.Contains("\ndotnet test --no-build --logger", run, StringComparison.Ordinal);
        Assert.Contains("      - run: dotnet test --filter Category=Long\n", Read("build.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_infrastructure_is_compiled_and_what_it_would_do_is_shown()
    {
        var infrastructure = Read("infrastructure.yml");

        Assert.Contains("az bicep lint --file infra/main.bicep", infrastructure, StringComparison.Ordinal);
        Assert.Contains("az deployment group what-if", infrastructure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_workflow_compiles_with_the_compiler_of_the_tests()
    {
        var version = XDocument.Parse(Document.Repository.Read("Directory.Packages.props")).Descendants("BicepVersion").Single().Value;
        var compiling = Files.Where(file => Read(file).Contains("az bicep", StringComparison.Ordinal) || Read(file).Contains("az deployment", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, compiling.Count);
        Assert.All(compiling, file =>
        {
            var jobs = Read(file).Split("runs-on:").Where(job => job.Contains("az bicep", StringComparison.Ordinal) || job.Contains("az deployment", StringComparison.Ordinal));
            Assert.All(jobs, job => Assert.Contains($"az bicep install --version v{version}\n", job, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void What_is_deployed_is_what_was_tested_and_is_asked_whether_it_works()
    {
        var deploy = Read("deploy.yml");

        Assert.Contains("uses: ./.github/workflows/build.yml", deploy, StringComparison.Ordinal);
        Assert.Contains("needs: build", deploy, StringComparison.Ordinal);
        Assert.Contains("actions/download-artifact@", deploy, StringComparison.Ordinal);
        Assert.Contains("$URL/health/ready", deploy, StringComparison.Ordinal);
        Assert.Contains("invalid_api_key", deploy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_released_is_what_was_tested_with_its_section_of_the_change_log()
    {
        var release = Read("release.yml");

        Assert.Contains("uses: ./.github/workflows/build.yml", release, StringComparison.Ordinal);
        Assert.Contains("needs: build", release, StringComparison.Ordinal);
        Assert.Contains("actions/download-artifact@", release, StringComparison.Ordinal);
        Assert.Contains("bash .ci/release-notes \"${GITHUB_REF_NAME#v}\" CHANGELOG.md > notes.md", release, StringComparison.Ordinal);
        Assert.Contains("gh release create \"$GITHUB_REF_NAME\"", release, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_notes_of_a_release_are_its_section_of_the_change_log()
    {
        var log = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(log, """
                # Changelog

                ## [Unreleased]

                ## [1.2.0] - 2026-12-01

                ### Fixed

                - This.

                ## [1.1.0] - 2026-11-01

                - That.

                [1.1.0]: https://example.org/1.1.0
                """);

            Assert.Equal("### Fixed\n\n- This.", (await NotesAsync("1.2.0")).Output.Trim());
            Assert.Equal("- That.", (await NotesAsync("1.1.0")).Output.Trim());
            foreach (var none in new[] { "1.0.0", "Unreleased", "1.2", "" })
                Assert.NotEqual(0, (await NotesAsync(none)).ExitCode);
        }
        finally
        {
            File.Delete(log);
        }

        Task<ChildProcessEnd> NotesAsync(string version) =>
            ChildProcess.RunToEndAsync("bash", Path.Combine(Document.Repository.Root, ".ci", "release-notes"), version, log);
    }

    [Fact]
    public void The_change_log_begins_with_what_is_not_released_and_dates_each_release()
    {
        var headings = Document.Read("CHANGELOG.md").Prose().Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();

        Assert.Equal("## [Unreleased]", headings[0]);
        Assert.NotEmpty(headings[1..]);
        Assert.All(headings[1..], heading => Assert.Matches(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$", heading));
    }

    private static string Read(string workflow) => Document.Repository.Read($".github/workflows/{workflow}").ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\s*(- )?uses: (?<what>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s+(?<what>[a-z-]+): write", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Permission();
}
