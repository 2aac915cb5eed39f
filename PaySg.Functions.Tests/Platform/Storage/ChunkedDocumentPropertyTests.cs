using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class ChunkedDocumentPropertyTests
{
    private static readonly Gen<byte[]> Documents =
        from length in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, 300 * 1024), Gen.Choose(1, 4).Zip(Gen.Choose(-1, 1)).Select(at => (at.Item1 * ChunkedDocument.ChunkSize) + at.Item2))
        from first in Gen.Choose(0, 255)
        select Enumerable.Range(first, length).Select(number => (byte)(number ^ (number >> 8))).ToArray();

    [Fact]
    public void Every_document_is_read_as_it_was_written_in_as_few_columns_as_can_be() => Properties.Hold(
        Documents,
        document =>
        {
            var row = new TableEntity("p", "r");

            ChunkedDocument.Write(row, "doc", document);

            Assert.Equal(document, ChunkedDocument.Read(row, "doc").ToArray());
            Assert.Equal(
                (document.Length + ChunkedDocument.ChunkSize - 1) / ChunkedDocument.ChunkSize,
                row.Keys.Count(name => name.StartsWith("doc", StringComparison.Ordinal) && char.IsAsciiDigit(name[^1])));
        },
        tests: 60);
}
