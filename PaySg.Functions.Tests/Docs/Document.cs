using System.Text.RegularExpressions;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.Docs;

/// <summary>A Markdown file of the repository, or one section of it.</summary>
internal sealed partial class Document(string text)
{
    public string Text { get; } = text;

    public static Document Read(string path) => new(Repository.Read(path));

    /// <summary>What stands below a heading, up to the next of its level or above.</summary>
    public Document Section(string heading)
    {
        var lines = Text.Split('\n');
        var start = Array.IndexOf(lines, heading);
        Assert.True(start >= 0, $"There is no heading \"{heading}\".");
        var level = heading.TakeWhile(character => character == '#').Count();
        return new Document(string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !EndsSection(line, level))));
    }

    /// <summary>The text of each code block of a language.</summary>
    public IReadOnlyList<string> Code(string language) =>
        [.. CodeBlock().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    /// <summary>The cells of each row of the table whose first column is called so.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string firstColumn)
    {
        var rows = Text.Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(IReadOnlyList<string> (line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())])
            .ToList();
        Assert.True(rows.Count > 0, $"There is no table whose first column is \"{firstColumn}\".");
        return rows;
    }

    /// <summary>The targets of links to files, without the part after #.</summary>
    public IReadOnlyList<string> LinkedFiles() =>
        [.. Link().Matches(Text).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')).Select(target => target.Split('#')[0])];

    // A comment of a shell script is no heading, but no script of ours has one.
    private static bool EndsSection(string line, int level)
    {
        var hashes = line.TakeWhile(character => character == '#').Count();
        return hashes >= 1 && hashes <= level && line.Length > hashes && line[hashes] == ' ';
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    internal static class Repository
    {
        public static string Root { get; } = RepositoryRoot.Find();

        public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
    }
}
