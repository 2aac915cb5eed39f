using System.Globalization;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Infra;

/// <summary>What <c>.ci/run</c> makes of a run's results: the real script, with programs in the place of dotnet and npm that test nothing.</summary>
public sealed class GateTests : IDisposable
{
    private const string Whole = "Tests.EachErrorTests.All_are_asked_for";

    private readonly string folder = Directory.CreateTempSubdirectory("paysg-gate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("A.X.One +, A.X.Two +", "", 0, "2 passed, 0 failed")]
    [InlineData("A.X.One +, A.X.Two -", "A.X.Two +", 0, "2 passed, 0 failed")]
    [InlineData("A.X.One +, A.X.Two(a: &quot;b(c&quot;) -, A.X.Two(a: 2) -", "A.X.Two(a: &quot;b(c&quot;) +, A.X.Two(a: 2) +, A.X.Two(a: 3) +", 0, "3 passed, 0 failed")]
    [InlineData("A.X.One +, A.X.Two -", "A.X.Two -", 1, "1 passed, 1 failed")]
    [InlineData("A.X.One +, A.X.Two -", "", 1, "1 passed, 1 failed")]
    [InlineData("A.X.One +, A.X.Two -, A.X.Three -", "A.X.Two +, A.X.Three -", 1, "1 passed, 2 failed")]
    [InlineData("A.X.One -, A.X.Two -, A.X.Three -, A.X.Four -", "A.X.One +, A.X.Two +, A.X.Three +, A.X.Four +", 1, "0 passed, 4 failed")]
    [InlineData("A.X.One +, " + Whole + " -", Whole + " +", 1, "1 passed, 1 failed")]
    [InlineData("", "", 1, "0 passed, 0 failed")]
    public async Task A_test_that_fails_is_run_once_more_alone_and_what_tells_of_the_whole_run_is_not(string first, string again, int code, string sum)
    {
        Write(".ci/run", Document.Repository.Read(".ci/run"));
        Write("PaySg.Functions.Tests/Somewhere/EachErrorTests.cs", "[Collection(AtTheEnd.Name)]");
        Write("results/1.trx", Results(first));
        Write("results/2.trx", Results(again));
        Write("bin/npm", "#!/bin/sh\n");
        Write("bin/dotnet", $"""
            #!/bin/bash
            [[ $1 == test ]] || exit 0
            while [[ $1 != --results-directory ]]; do echo "$1" >> '{folder}/asked'; shift; done
            runs='{folder}/runs'; echo . >> "$runs"; results="{folder}/results/$(wc -l < "$runs").trx"
            mkdir -p "$2"; cp "$results" "$2"
            ! grep -q 'outcome="Failed"' "$results" && grep -q UnitTestResult "$results"
            """);

        var end = await ChildProcess.RunToEndAsync(
            "env", $"PATH={folder}/bin:{Environment.GetEnvironmentVariable("PATH")}", "PLAYWRIGHT_CHROMIUM_PATH=/bin/sh", "bash", $"{folder}/.ci/run");

        Assert.Equal((code, sum), (end.ExitCode, end.Output.TrimEnd().Split('\n')[^1]));
        Assert.Equal(code == 0 && first.Contains(" -", StringComparison.Ordinal), end.Output.Contains("Unsteady: A.X.Two failed", StringComparison.Ordinal));
        if (first.Contains("A.X.Three", StringComparison.Ordinal) && !first.Contains("A.X.Four", StringComparison.Ordinal))
            Assert.Contains("FullyQualifiedName=A.X.Three|FullyQualifiedName=A.X.Two\n", await File.ReadAllTextAsync($"{folder}/asked"), StringComparison.Ordinal);
    }

    private static string Results(string tests)
    {
        var results = tests.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(test => (Name: test[..^2], Passed: test.EndsWith('+'))).ToList();
        var passed = results.Count(result => result.Passed);
        return string.Join('\n', results.Select(result => $"""<UnitTestResult executionId="1" testName="{result.Name}" duration="0" outcome="{(result.Passed ? "Passed" : "Failed")}" />"""))
            + string.Create(CultureInfo.InvariantCulture, $"""{"\n"}<Counters total="{results.Count}" executed="{results.Count}" passed="{passed}" failed="{results.Count - passed}" error="0" />""");
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
