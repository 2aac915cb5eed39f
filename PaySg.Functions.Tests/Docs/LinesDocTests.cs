namespace PaySg.Functions.Tests.Docs;

/// <summary>Documents are read in editors and reviews, too: their lines are short, tables included.</summary>
public sealed class LinesDocTests
{
    private const int Longest = 160;

    [Fact]
    public void No_line_is_longer_than_160_characters_outside_of_code()
    {
        var documents = Document.Repository.Documents;
        Assert.Contains("README.md", documents);
        Assert.Contains("docs/contribute/words.md", documents);

        Assert.Empty(documents.SelectMany(path => TooLong(Document.Read(path)).Select(line => $"{path}: {line}")));
    }

    [Fact]
    public void A_table_counts_and_code_does_not()
    {
        var text = new string('a', Longest + 1);

        Assert.Equal([text, $"| {text} |"], TooLong(new Document($"{text}\n\n| {text} |\n```sh\n{text}\n```\n{text[1..]}\n")));
    }

    private static IEnumerable<string> TooLong(Document document) => document.Prose().Where(line => line.Length > Longest);
}
