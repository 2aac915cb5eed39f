namespace PaySg.Functions.Tests.Docs;

/// <summary>The words of documents and of comments, by cspell in British English and the project's own list.</summary>
[Trait("Category", "Long")]
public sealed class SpellingTests
{
    private const string ProjectWords = "project-words.txt";
    private static readonly string Checker = Path.Combine(Document.Repository.Root, "node_modules/cspell/bin.mjs");
    private static readonly string Rules = Path.Combine(Document.Repository.Root, "cspell.json");

    [Fact]
    public async Task Documents_and_comments_are_spelled_as_British_English_is()
    {
        var end = await CheckAsync("--root", Document.Repository.Root);

        Assert.True(end.ExitCode == 0, end.Output + end.Errors);
        var files = int.Parse(end.Errors.Split("Files checked: ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(files > 500, $"Only {files} files were checked.");
    }

    // cspell:ignore Recieved
    /// <summary>One run for all of them: the checker reads its dictionaries for seconds.</summary>
    [Fact]
    public async Task A_wrong_word_is_found_where_people_read_and_not_in_code()
    {
        (string Name, string Text, string? Found)[] files =
        [
            ("prose.md", "A recieved webhook.", "recieved"),
            ("american.md", "The color of the page.", "color"),
            ("table.md", "| cell | recieved |", "recieved"),
            ("quoted.md", "Singapay says `recieved`.", null),
            ("block.md", "```sh\nrecieved\n```", null),
            ("comment.cs", "// A recieved webhook.", "recieved"),
            ("summary.cs", "/// <summary>A recieved webhook.</summary>", "recieved"),
            ("code.cs", "var recieved = 1; // The webhook.", null),
            ("text.cs", "var url = \"http://recieved\";", null),
            ("reference.cs", "/// <see cref=\"Recieved\"/>", null),
        ];
        var folder = Directory.CreateTempSubdirectory("paysg-spelling-").FullName;
        try
        {
            foreach (var (name, text, _) in files)
                await File.WriteAllTextAsync(Path.Combine(folder, name), text);

            var end = await CheckAsync(["--root", folder, .. files.Select(file => file.Name)]);

            Assert.Equal(1, end.ExitCode);
            Assert.Contains($"Files checked: {files.Length},", end.Errors, StringComparison.Ordinal);
            var said = end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(
                files.Where(file => file.Found is not null).Select(file => $"{file.Name}: {file.Found}").Order(StringComparer.Ordinal),
                said.Select(Finding).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_projects_words_are_in_order_and_each_is_there_once()
    {
        var words = Document.Repository.Read(ProjectWords).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToList();

        Assert.NotEmpty(words);
        Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase), words);
    }

    /// <summary><c>/tmp/…/a.md:1:3 - Unknown word (recieved)</c>: the file's name and the word.</summary>
    private static string Finding(string line) => $"{Path.GetFileName(line.Split(':')[0])}: {line.Split('(')[1].Split(')')[0]}";

    private static Task<ChildProcessEnd> CheckAsync(params string[] arguments) =>
        ChildProcess.RunToEndAsync("node", [Checker, "lint", "--config", Rules, "--no-progress", "--no-color", .. arguments]);
}
