
namespace PaySg.Functions.Tests.Docs;

public sealed class LinksDocTests
{
    [Fact]
    public void Every_link_between_documents_leads_to_a_file_or_folder_and_to_a_heading_that_is_there()
    {
        var links = LinksOf(Document.Repository.Documents).ToList();

        Assert.True(links.Count > 100, $"Only {links.Count} links were found.");
        Assert.Empty(links.Where(link => !Path.Exists(Path.Combine(Document.Repository.Root, link.Path))).Select(link => $"{link.From} -> {link.Path}"));
        Assert.Empty(links
            .Where(link => link.Heading is not null && !Document.Read(link.Path).Anchors().Contains(link.Heading))
            .Select(link => $"{link.From} -> {link.Path}#{link.Heading}"));
    }

    [Fact]
    public void The_readme_leads_to_each_page_of_the_documentation_itself_and_to_decisions_by_their_list()
    {
        var pages = Document.Repository.Documents.Where(path => path.StartsWith("docs/", StringComparison.Ordinal)).ToList();
        var fromReadme = LinksOf(["README.md"]).Select(link => link.Path).ToHashSet(StringComparer.Ordinal);
        var fromList = LinksOf(["docs/contribute/decisions/README.md"]).Select(link => link.Path).ToHashSet(StringComparer.Ordinal);

        Assert.True(pages.Count > 20, $"Only {pages.Count} pages were found.");
        var unreached = pages.Where(page => IsDecision(page) ? !fromList.Contains(page) : !fromReadme.Contains(page));
        Assert.Empty(unreached);
    }

    [Fact]
    public void Code_and_files_that_name_a_page_name_one_that_is_there()
    {
        var named =
            from file in Sources()
            from name in File.ReadLines(file).SelectMany(line => PageName.Of(line))
            where !File.Exists(Path.Combine(Document.Repository.Root, name))
            select $"{Path.GetRelativePath(Document.Repository.Root, file)} names {name}";

        Assert.Empty(named);
    }

    private static bool IsDecision(string page) =>
        page.StartsWith("docs/contribute/decisions/", StringComparison.Ordinal) && !page.EndsWith("/README.md", StringComparison.Ordinal);

    /// <summary>The links of documents: from where, the path from the root that they lead to, and the heading there, if they name one.</summary>
    private static IEnumerable<(string From, string Path, string? Heading)> LinksOf(IEnumerable<string> documents) =>
        from document in documents
        from target in Document.Read(document).Links()
        let parts = target.Split('#')
        let path = parts[0].Length == 0 ? document : Normalize(Path.Combine(Path.GetDirectoryName(document)!, parts[0]))
        select (document, path, parts.Length > 1 ? parts[1] : null);

    private static string Normalize(string path) =>
        Path.GetRelativePath(Document.Repository.Root, Path.Combine(Document.Repository.Root, path)).Replace('\\', '/');

    private static IEnumerable<string> Sources()
    {
        string[] folders = ["PaySg.Functions", "PaySg.Functions.Tests", "PaySg.LocalHost", "PaySg.Benchmarks", "infra", ".github", ".ci", "findings"];
        string[] kinds = [".cs", ".bicep", ".yml", ".sh", ".html", ".js", ".cjs", ".json"];
        return folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => kinds.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Document.Repository.Root, "*.props"))
            .Append(Path.Combine(Document.Repository.Root, ".editorconfig"));
    }
}
