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
    [Theory]
    [InlineData("a.md", "A recieved webhook.", "recieved")]
    [InlineData("a.md", "The color of the page.", "color")]
    [InlineData("a.md", "| cell | recieved |", "recieved")]
    [InlineData("a.md", "Singapay says `recieved`.", null)]
    [InlineData("a.md", "```sh\nrecieved\n```", null)]
    [InlineData("a.cs", "// A recieved webhook.", "recieved")]
    [InlineData("a.cs", "/// <summary>A recieved webhook.</summary>", "recieved")]
    [InlineData("a.cs", "var recieved = 1; // The webhook.", null)]
    [InlineData("a.cs", "var url = \"http://recieved\";", null)]
    [InlineData("a.cs", "/// <see cref=\"Recieved\"/>", null)]
    public async Task A_wrong_word_is_found_where_people_read_and_not_in_code(string name, string text, string? found)
    {
        var folder = Directory.CreateTempSubdirectory("paysg-spelling-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);

            var end = await CheckAsync("--root", folder, "--words-only", name);

            Assert.Equal(found ?? "", end.Output.Trim());
            Assert.Equal(found is null ? 0 : 1, end.ExitCode);
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

    private static Task<ChildProcessEnd> CheckAsync(params string[] arguments) =>
        ChildProcess.RunToEndAsync("node", [Checker, "lint", "--config", Rules, "--no-progress", "--no-color", .. arguments]);
}
