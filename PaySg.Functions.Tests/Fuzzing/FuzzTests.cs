using System.Globalization;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>A slice of the fuzzing: the corpus as it is, and some hundred inputs made of it. See the section "Fuzzing" of the guide to testing.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static IEnumerable<object[]> Targets => FuzzTargets.Names.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Whatever_comes_is_taken_or_refused(string target)
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var run = new FuzzRun(await FuzzTargets.MakeAsync(target), seed);

        await run.RunAsync(Inputs, Limit);

        output.WriteLine(run.ToString());
        Assert.NotEqual(0, run.Taken);
        Assert.NotEqual(run.Inputs, run.Taken);
    }

    [Fact]
    public void Each_folder_of_the_corpus_belongs_to_a_target() =>
        Assert.Equal(FuzzTargets.Names.Order(StringComparer.Ordinal), Directory.GetDirectories(FuzzCorpus.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}

/// <summary>The same for as long as <c>PAYSG_FUZZ_MINUTES</c> says, all targets together.</summary>
public sealed class LongFuzzTests(ITestOutputHelper output)
{
    /// <summary>Minutes for all targets; default 30.</summary>
    public const string MinutesVariable = "PAYSG_FUZZ_MINUTES";

    /// <summary>The only target to run; default all.</summary>
    public const string TargetVariable = "PAYSG_FUZZ_TARGET";

    [Fact]
    [Trait("Category", "Fuzz")]
    public async Task Whatever_comes_is_taken_or_refused_for_long()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable(MinutesVariable) is { Length: > 0 } text ? text : "30", CultureInfo.InvariantCulture);
        var only = Environment.GetEnvironmentVariable(TargetVariable);
        var names = FuzzTargets.Names.Where(name => string.IsNullOrEmpty(only) || name == only).ToList();
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var findings = new List<Exception>();
        foreach (var name in names)
        {
            var run = new FuzzRun(await FuzzTargets.MakeAsync(name), seed);
            try
            {
                await run.RunAsync(int.MaxValue, TimeSpan.FromMinutes(minutes / names.Count));
            }
            catch (FuzzFinding finding)
            {
                findings.Add(finding);
            }

            output.WriteLine(run.ToString());
        }

        Assert.True(findings.Count == 0, string.Join("\n\n", findings.Select(finding => finding.Message)));
    }
}
