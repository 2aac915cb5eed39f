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

    /// <summary>The cells of each row of the first table whose first column is called so.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string firstColumn) => Tables(firstColumn)[0];

    /// <summary>The same of every such table; there is at least one.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Tables(string firstColumn)
    {
        var lines = Text.Split('\n');
        var tables = Enumerable.Range(0, lines.Length)
            .Where(index => lines[index].StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .Select(IReadOnlyList<IReadOnlyList<string>> (index) => [.. lines[index..]
                .TakeWhile(line => line.StartsWith('|'))
                .Skip(2)
                .Select(IReadOnlyList<string> (line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())])])
            .ToList();
        Assert.True(tables.Any(rows => rows.Count > 0), $"There is no table whose first column is \"{firstColumn}\".");
        return tables;
    }

    /// <summary>
    /// The items of all lists, each on one line: without its bullet, and with what is indented below it. Nested items are a part of theirs.
    /// </summary>
    public IReadOnlyList<string> Items()
    {
        var items = new List<string>();
        var isOpen = false;
        foreach (var line in Prose())
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                items.Add(line[2..]);
                isOpen = true;
            }
            else if (isOpen && line.StartsWith("  ", StringComparison.Ordinal))
            {
                items[^1] += " " + line.Trim();
            }
            else
            {
                isOpen = false;
            }
        }

        return items;
    }

    /// <summary>The lines that are not in a block of code.</summary>
    public IEnumerable<string> Prose()
    {
        var isCode = false;
        foreach (var line in Text.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                yield return line;
        }
    }

    /// <summary>The addresses of its headings, as a link names them after #.</summary>
    public IReadOnlySet<string> Anchors() =>
        Prose().Where(line => line.StartsWith('#')).Select(line => Anchor(line.TrimStart('#').Trim())).ToHashSet(StringComparer.Ordinal);

    /// <summary>The targets of links within the repository: a path, perhaps with # and a heading; the path is empty where the heading is its own.</summary>
    public IReadOnlyList<string> Links() =>
        [.. Link().Matches(string.Join('\n', Prose())).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal))];

    /// <summary>The same, without the part after # and without links to itself.</summary>
    public IReadOnlyList<string> LinkedFiles() => [.. Links().Select(target => target.Split('#')[0]).Where(path => path.Length > 0)];

    // By the rules of GitHub: lower case, hyphens for spaces, and of everything else only letters, digits, hyphens and underscores.
    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Select(character =>
        character == ' ' ? "-" : char.IsLetterOrDigit(character) || character is '-' or '_' ? character.ToString() : ""));

    // A comment of a shell script is no heading, but no script of ours has one.
    private static bool EndsSection(string line, int level)
    {
        var hashes = line.TakeWhile(character => character == '#').Count();
        return hashes >= 1 && hashes <= level && line.Length > hashes && line[hashes] == ' ';
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();

    // Inline, or a definition on a line of its own: [name]: target "title".
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|^\[[^\]]+\]: (?<target>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    internal static class Repository
    {
        public static string Root { get; } = RepositoryRoot.Find();

        public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

        /// <summary>All Markdown files of the project, by their paths from the root.</summary>
        public static IReadOnlyList<string> Documents { get; } =
        [
            .. Directory.EnumerateFiles(Root, "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
                .Concat(Directory.EnumerateFiles(Path.Combine(Root, ".github"), "*.md", SearchOption.AllDirectories))
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }
}
