using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;

namespace PaySg.Functions.Payments.Batches;

/// <summary>
/// Deletes a batch of which nothing was created, with all its lines. It is marked before, so that nobody starts it meanwhile; if that dies half-way the
/// housekeeping deletes the rest.
/// </summary>
internal sealed class DiscardBatch(PaySgTables tables, BatchStore batches, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Whether it is gone: one that was started stays.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<bool> RunAsync(string paymentServiceId, string batchId, Actor by)
    {
        var stored = await batches.GetAsync(paymentServiceId, batchId, CancellationToken.None);
        if (stored.Batch.Status is BatchStatus.Running or BatchStatus.Done)
            return false;

        var mark = new EntityGroup(ids.NewWriteId()).Replace(BatchRows.Write(stored.Batch with { Status = BatchStatus.Discarded }), stored.Version);
        if (stored.Batch.Status != BatchStatus.Discarded)
            mark.Audit(by, paymentServiceId, clock.NowInMilliseconds(), AuditAction.BatchDiscarded, batchId);

        if (await tables.Payments.SubmitAsync(mark, CancellationToken.None) is WriteResult.Conflict)
            return false;

        await tables.Payments.PurgeAsync(RowKeys.Prefix(paymentServiceId, BatchRows.WaitingOf(batchId)), [], static _ => true, ids, CancellationToken.None);
        var rest = new EntityGroup(ids.NewWriteId())
            .Delete(paymentServiceId, BatchRows.Key(batchId))
            .DeleteIfThere(paymentServiceId, BatchRows.MistakesKey(batchId));
        await tables.Payments.SubmitAsync(rest, CancellationToken.None);
        return true;
    }
}
