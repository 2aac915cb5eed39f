using Azure.Data.Tables;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class ChunkedDocumentTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData((60 * 1024) - 1, 1)]
    [InlineData(60 * 1024, 1)]
    [InlineData((60 * 1024) + 1, 2)]
    [InlineData(2 * 60 * 1024, 2)]
    [InlineData(200 * 1024, 4)]
    public void A_document_is_read_as_it_was_written(int length, int columns)
    {
        var document = Document(length);
        var row = new TableEntity("p", "r");

        ChunkedDocument.Write(row, "doc", document);

        Assert.Equal(document, ChunkedDocument.Read(row, "doc").ToArray());
        Assert.Equal(columns, row.Keys.Count(name => name.StartsWith("doc", StringComparison.Ordinal) && char.IsAsciiDigit(name[^1])));
        Assert.All(Enumerable.Range(0, columns), index => Assert.True(row.GetBinary($"doc{index}").Length <= ChunkedDocument.ChunkSize));
    }

    [Fact]
    public async Task Storage_takes_and_gives_back_a_large_document()
    {
        await using var parts = await PaySgParts.StartAsync();
        var document = Document(200 * 1024);
        var row = new TableEntity("p", "r");
        ChunkedDocument.Write(row, "doc", document);

        await parts.Tables.Payments.SubmitAsync(new EntityGroup("w").Insert(row), CancellationToken.None);
        var read = (await parts.Tables.Payments.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(document, ChunkedDocument.Read(read, "doc").ToArray());
    }

    [Fact]
    public void A_row_without_the_document_gives_nothing()
    {
        Assert.True(ChunkedDocument.Read(new TableEntity("p", "r"), "doc").IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(70_000)]
    public async Task A_shorter_document_that_is_merged_leaves_nothing_of_the_longer_one(int length)
    {
        await using var parts = await PaySgParts.StartAsync();
        var row = new TableEntity("p", "r");
        ChunkedDocument.Write(row, "doc", Document(150_000));
        await parts.Tables.Payments.SubmitAsync(new EntityGroup("w1").Insert(row), CancellationToken.None);

        var change = new TableEntity("p", "r");
        ChunkedDocument.Write(change, "doc", Document(length));
        await parts.Tables.Payments.SubmitAsync(new EntityGroup("w2").Merge(change), CancellationToken.None);

        var read = (await parts.Tables.Payments.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(Document(length), ChunkedDocument.Read(read, "doc").ToArray());
    }

    [Fact]
    public void Two_documents_of_one_row_do_not_mix()
    {
        var row = new TableEntity("p", "r");
        ChunkedDocument.Write(row, "body", Document(100_000));
        ChunkedDocument.Write(row, "attempts", Document(5));

        Assert.Equal(100_000, ChunkedDocument.Read(row, "body").Length);
        Assert.Equal(Document(5), ChunkedDocument.Read(row, "attempts").ToArray());
    }

    private static byte[] Document(int length) => [.. Enumerable.Range(0, length).Select(index => (byte)((index * 7) + (index >> 8)))];
}
