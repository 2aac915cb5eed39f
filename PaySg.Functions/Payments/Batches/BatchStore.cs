using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Payments.Batches;

/// <summary>Reads and writes batches.</summary>
internal sealed class BatchStore(PaySgTables tables, IdGenerator ids)
{
    /// <summary>How many batches the list shows: those of the last weeks, mostly.</summary>
    public const int MostListed = 50;

    // With the batch's own rows, a portion becomes one transaction of at most a hundred rows.
    private const int MostLines = (EntityGroup.MostRows - 2) / NewPayment.Rows;

    // Each payment is stored five times in that transaction, of 4 MiB in base64: far from it, and one column holds the portion.
    private const int MostBytesOfPortion = ChunkedDocument.ChunkSize - (64 * MostLines);

    // Of a transaction of 4 MiB, in base64.
    private const int MostBytesOfTransaction = 2_500_000;

    /// <summary>Saves a batch: its lines first, then itself, so that whatever is there is whole. An upload that dies before leaves lines that the housekeeping deletes.</summary>
    public async Task SaveAsync(PaymentBatch batch, IReadOnlyList<BatchLine> lines, IReadOnlyList<BatchMistake> mistakes, Actor by)
    {
        var number = 0;
        var bytes = 0;
        var group = new EntityGroup(ids.NewWriteId());
        foreach (var portion in PortionsOf(lines))
        {
            var size = portion.Sum(static line => line.Json.Length);
            if (group.Actions.Count == EntityGroup.MostRows || (group.Actions.Count > 0 && bytes + size > MostBytesOfTransaction))
            {
                await WriteAsync(group);
                group = new EntityGroup(ids.NewWriteId());
                bytes = 0;
            }

            group.Insert(BatchRows.WriteWaiting(batch, number++, portion));
            bytes += size;
        }

        if (group.Actions.Count > 0)
            await WriteAsync(group);

        var head = new EntityGroup(ids.NewWriteId()).Insert(BatchRows.Write(batch));
        if (mistakes.Count > 0)
            head.Insert(BatchRows.WriteMistakes(batch, mistakes));

        head.Audit(
            by,
            batch.PaymentServiceId,
            batch.UploadedAt,
            AuditAction.BatchUploaded,
            batch.Id,
            AuditChange.Set("lines", batch.Lines),
            AuditChange.Set("mistakes", batch.Mistakes),
            AuditChange.Set("total_in_cents", batch.TotalInCents));
        await WriteAsync(head);
    }

    /// <exception cref="ApiException">404 where there is no such batch in this payment service.</exception>
    public async Task<StoredBatch> GetAsync(string paymentServiceId, string batchId, CancellationToken cancellationToken) =>
        await FindAsync(paymentServiceId, batchId, cancellationToken) ?? throw ApiErrors.UnknownPath();

    /// <summary>The batch, or null.</summary>
    public async Task<StoredBatch?> FindAsync(string paymentServiceId, string batchId, CancellationToken cancellationToken)
    {
        if (!SortableUuid.IsPrefixed(batchId, BatchRows.IdPrefix))
            return null;

        var row = await tables.Payments.FindAsync(paymentServiceId, BatchRows.Key(batchId), cancellationToken);
        return row is null ? null : new StoredBatch(BatchRows.Read(row), row.ETag);
    }

    /// <summary>The newest batches that nobody has discarded.</summary>
    public async Task<IReadOnlyList<PaymentBatch>> ListAsync(string paymentServiceId, CancellationToken cancellationToken)
    {
        var rows = await tables.Payments.FirstAsync(RowKeys.Prefix(paymentServiceId, BatchRows.Prefix), MostListed, cancellationToken);
        return [.. rows.Select(BatchRows.Read).Where(static batch => batch.Status != BatchStatus.Discarded)];
    }

    /// <summary>How far a batch is: one query, whose rows hold numbers only.</summary>
    public async Task<BatchProgress> ProgressAsync(string paymentServiceId, string batchId, CancellationToken cancellationToken)
    {
        var (created, failed, mailed, notMailed) = (0, 0, 0, 0);
        string[] columns = [BatchRows.Created, BatchRows.Failed, BatchRows.Mailed, BatchRows.NotMailed];
        await foreach (var row in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(paymentServiceId, BatchRows.DoneOf(batchId)), select: columns, cancellationToken: cancellationToken))
        {
            created += row.GetInt32(BatchRows.Created) ?? 0;
            failed += row.GetInt32(BatchRows.Failed) ?? 0;
            mailed += row.GetInt32(BatchRows.Mailed) ?? 0;
            notMailed += row.GetInt32(BatchRows.NotMailed) ?? 0;
        }

        return new BatchProgress(created, failed, mailed, notMailed);
    }

    /// <summary>What is wrong in the file of a batch, or why lines of it became no payments.</summary>
    public async Task<IReadOnlyList<BatchMistake>> MistakesAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Status == BatchStatus.Wrong)
        {
            var row = await tables.Payments.FindAsync(batch.PaymentServiceId, BatchRows.MistakesKey(batch.Id), cancellationToken);
            return row is null ? [] : BatchRows.ReadMistakes(row);
        }

        var mistakes = new List<BatchMistake>();
        await foreach (var row in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(batch.PaymentServiceId, BatchRows.DoneOf(batch.Id)), cancellationToken: cancellationToken))
        {
            if (row.GetInt32(BatchRows.Failed) > 0)
                mistakes.AddRange(BatchRows.ReadDone(row).Mistakes);
        }

        return mistakes;
    }

    /// <summary>The first lines that wait, as they will be sent to the API.</summary>
    public async Task<IReadOnlyList<(int Number, JsonElement Payment)>> FirstLinesAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var rows = await tables.Payments.FirstAsync(RowKeys.Prefix(batch.PaymentServiceId, BatchRows.WaitingOf(batch.Id)), 1, cancellationToken);
        return rows.Count == 0 ? [] : BatchRows.ReadWaiting(rows[0]);
    }

    private static IEnumerable<IReadOnlyList<BatchLine>> PortionsOf(IReadOnlyList<BatchLine> lines)
    {
        var portion = new List<BatchLine>(MostLines);
        var bytes = 0;
        foreach (var line in lines)
        {
            if (portion.Count == MostLines || (portion.Count > 0 && bytes + line.Json.Length > MostBytesOfPortion))
            {
                yield return portion;
                portion = new List<BatchLine>(MostLines);
                bytes = 0;
            }

            portion.Add(line);
            bytes += line.Json.Length;
        }

        if (portion.Count > 0)
            yield return portion;
    }

    private async Task WriteAsync(EntityGroup group)
    {
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            throw new InvalidOperationException($"The new row {group.Main.RowKey} is there already.");
    }
}
