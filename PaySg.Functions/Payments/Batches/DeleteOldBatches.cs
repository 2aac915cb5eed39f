namespace PaySg.Functions.Payments.Batches;

/// <summary>
/// Deletes what batches leave: files that nobody has started, and lines of uploads that died, after a week; the rest when it is old. What is running stays.
/// </summary>
internal sealed class DeleteOldBatches(PaySgTables tables, IdGenerator ids, TimeProvider clock)
{
    // A day behind the last moment at which somebody may start it.
    private static readonly TimeSpan UnstartedKeptFor = PaymentBatch.WaitsFor + TimeSpan.FromDays(1);

    /// <summary>How many batches of a payment service went.</summary>
    /// <param name="paymentServiceId">Whose.</param>
    /// <param name="before">What is old: batches that came before this time.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    public async Task<int> RunAsync(string paymentServiceId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var unstarted = clock.GetUtcNow() - UnstartedKeptFor;
        var running = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(paymentServiceId, BatchRows.Prefix), cancellationToken: cancellationToken))
        {
            if (BatchRows.Read(row) is { IsRunning: true } batch)
                running.Add(batch.Id);
        }

        await PurgeAsync(BatchRows.WaitingPrefix, unstarted);
        await PurgeAsync(BatchRows.MistakesPrefix, unstarted);
        await PurgeAsync(BatchRows.DonePrefix, before);
        return await tables.Payments.PurgeAsync(
            RowKeys.Prefix(paymentServiceId, BatchRows.Prefix),
            select: null,
            row => BatchRows.Read(row) is { IsRunning: false } batch && batch.UploadedAt < (batch.Status == BatchStatus.Done ? before : unstarted),
            ids,
            cancellationToken);

        Task<int> PurgeAsync(string prefix, DateTimeOffset time) => tables.Payments.PurgeAsync(
            BatchRows.RangeBefore(paymentServiceId, prefix, time), [], row => !running.Contains(BatchRows.BatchOf(row.RowKey)), ids, cancellationToken);
    }
}
