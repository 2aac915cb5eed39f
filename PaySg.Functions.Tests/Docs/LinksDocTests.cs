namespace PaySg.Functions.Tests.Docs;

public sealed class LinksDocTests
{
    [Fact]
    public void Every_link_between_documents_leads_to_a_file_or_folder()
    {
        string[] documents =
        [
            "README.md",
            "CHANGELOG.md",
            .. Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Document.Repository.Root, file)),
        ];

        var broken =
            from document in documents
            from target in Document.Read(document).LinkedFiles()
            let path = Path.Combine(Document.Repository.Root, Path.GetDirectoryName(document)!, target)
            where !Path.Exists(path)
            select $"{document} -> {target}";

        Assert.Empty(broken);
    }
}
