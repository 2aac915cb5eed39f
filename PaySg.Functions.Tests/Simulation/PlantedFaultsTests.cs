using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>The faults that <c>planted/find.py</c> plants: each still names a line that there is, once, so that none of them is planted nowhere.</summary>
public sealed partial class PlantedFaultsTests
{
    private static readonly string Folder = Path.Combine(Document.Repository.Root, "PaySg.Functions.Tests", "Simulation", "planted");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.plant").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_is_planted_where_the_product_has_what_it_changes(string name)
    {
        var files = FileChanges().Matches(File.ReadAllText(Path.Combine(Folder, name)));

        Assert.NotEmpty(files);
        foreach (Match file in files)
        {
            var source = File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "PaySg.Functions"), file.Groups["file"].Value, SearchOption.AllDirectories)));
            foreach (Match change in Change().Matches(file.Groups["changes"].Value))
            {
                Assert.Equal(2, source.Split(change.Groups["old"].Value).Length);
                source = source.Replace(change.Groups["old"].Value, change.Groups["new"].Value, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex(@"^file: (?<file>\S+)\n(?<changes>(<<<<\n.*?\n>>>>\n)+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex FileChanges();

    [GeneratedRegex(@"<<<<\n(?<old>.*?)\n====\n(?<new>.*?)\n>>>>\n", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Change();
}
