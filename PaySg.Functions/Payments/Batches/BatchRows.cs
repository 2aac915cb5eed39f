using System.IO.Compression;

namespace PaySg.Functions.Payments.Batches;

/// <summary>The rows of batches in the partition of their payment service.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>b:</c> complement of the UUID</term><description>the batch, the newest first</description></item>
/// <item><term><c>w:{batch}</c></term><description>what is wrong in its file, packed</description></item>
/// <item><term><c>l:{batch}:{number}</c></term><description>a portion of its lines that are to become payments: payers' data</description></item>
/// <item><term><c>d:{batch}:{number}</c></term><description>what became of a portion, written when it is deleted: ids of payments</description></item>
/// </list>
/// </remarks>
internal static class BatchRows
{
    public const string IdPrefix = "batch_";
    public const string Prefix = "b:";
    public const string MistakesPrefix = "w:";
    public const string WaitingPrefix = "l:";
    public const string DonePrefix = "d:";

    public const string Created = "created";
    public const string Failed = "failed";
    public const string Mailed = "mailed";
    public const string NotMailed = "not_mailed";

    private const string Document = "doc";

    public static string Key(string batchId) => Prefix + SortableUuid.Complement(UuidOf(batchId));

    public static string MistakesKey(string batchId) => MistakesPrefix + UuidOf(batchId);

    /// <summary>What the keys of the portions begin with that wait.</summary>
    public static string WaitingOf(string batchId) => $"{WaitingPrefix}{UuidOf(batchId)}:";

    /// <summary>What the keys of the portions begin with that are done.</summary>
    public static string DoneOf(string batchId) => $"{DonePrefix}{UuidOf(batchId)}:";

    /// <summary>The keys with a prefix of batches that came before a time.</summary>
    public static string RangeBefore(string paymentServiceId, string prefix, DateTimeOffset before) =>
        RowKeys.Range(paymentServiceId, prefix, prefix + SortableUuid.LowestAt(before));

    /// <summary>The batch that a row of a portion, or of mistakes, belongs to.</summary>
    public static string BatchOf(string rowKey) => IdPrefix + rowKey.Split(':')[1];

    public static TableEntity Write(PaymentBatch batch)
    {
        var row = new TableEntity(batch.PaymentServiceId, Key(batch.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(batch, StoredBatchJson.Compact.PaymentBatch));
        return row;
    }

    public static PaymentBatch Read(TableEntity row) => JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredBatchJson.Compact.PaymentBatch)!;

    /// <summary>Lines that wait to become payments.</summary>
    public static TableEntity WriteWaiting(PaymentBatch batch, int number, IReadOnlyList<BatchLine> lines)
    {
        var row = new TableEntity(batch.PaymentServiceId, WaitingOf(batch.Id) + Number(number));
        ChunkedDocument.Write(row, Document, JsonText.Write(lines, static (json, lines) =>
        {
            json.WriteStartArray();
            foreach (var line in lines)
            {
                json.WriteStartObject();
                json.WriteNumber("line", line.Number);
                json.WritePropertyName("payment");
                json.WriteRawValue(line.Json.Span, skipInputValidation: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
        return row;
    }

    public static IReadOnlyList<(int Number, JsonElement Payment)> ReadWaiting(TableEntity row) =>
        [.. JsonElement.Parse(ChunkedDocument.Read(row, Document).Span).EnumerateArray().Select(static line => (line.GetProperty("line").GetInt32(), line.GetProperty("payment")))];

    /// <summary>What became of a portion, in the place of its lines.</summary>
    public static TableEntity WriteDone(TableEntity waiting, BatchOutcome outcome)
    {
        var row = new TableEntity(waiting.PartitionKey, DonePrefix + waiting.RowKey[WaitingPrefix.Length..])
        {
            [Created] = outcome.Created.Count,
            [Failed] = outcome.Mistakes.Select(static mistake => mistake.Line).Distinct().Count(),
        };
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(outcome, StoredBatchJson.Compact.BatchOutcome));
        return row;
    }

    public static BatchOutcome ReadDone(TableEntity row) => JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredBatchJson.Compact.BatchOutcome)!;

    /// <summary>Whether emails were asked for of the payments of a portion.</summary>
    public static bool IsMailed(TableEntity done) => done.GetInt32(Mailed) is not null;

    /// <summary>That emails were asked for, to be merged.</summary>
    public static TableEntity MarkMailed(TableEntity done, int mailed, int notMailed) => new(done.PartitionKey, done.RowKey) { [Mailed] = mailed, [NotMailed] = notMailed };

    /// <summary>The mistakes, packed: a file of 5,000 lines may have many, and most are alike.</summary>
    public static TableEntity WriteMistakes(PaymentBatch batch, IReadOnlyList<BatchMistake> mistakes)
    {
        using var packed = new MemoryStream();
        using (var pack = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            JsonSerializer.Serialize(pack, mistakes, StoredBatchJson.Compact.IReadOnlyListBatchMistake);

        var row = new TableEntity(batch.PaymentServiceId, MistakesKey(batch.Id));
        ChunkedDocument.Write(row, Document, packed.ToArray());
        return row;
    }

    public static IReadOnlyList<BatchMistake> ReadMistakes(TableEntity row)
    {
        using var pack = new BrotliStream(new MemoryStream(ChunkedDocument.Read(row, Document).ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(pack, StoredBatchJson.Compact.IReadOnlyListBatchMistake)!;
    }

    private static string UuidOf(string batchId) => batchId[IdPrefix.Length..];

    private static string Number(int number) => number.ToString("D4", CultureInfo.InvariantCulture);
}
