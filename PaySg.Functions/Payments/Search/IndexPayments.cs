namespace PaySg.Functions.Payments.Search;

/// <summary>
/// Writes the copies that searches need of payments that an older release wrote, and corrects those that one left behind. It goes through all payments of a
/// service, writes down how far it is, and goes on from there when it is started again. What is being changed meanwhile is read again.
/// </summary>
internal sealed class IndexPayments(PaySgTables tables, IdGenerator ids, TimeProvider clock)
{
    /// <summary>
    /// How often the housekeeping looks through everything: while releases change, instances of the older one go on writing for some time behind the first pass.
    /// </summary>
    public const int Passes = 2;

    private const int AtOnce = 8;
    private const int PageSize = 500;

    /// <summary>Goes on until the end, unless the service was looked through often enough; how many payments were written.</summary>
    public async Task<int> RunWhereNeededAsync(string paymentServiceId, CancellationToken cancellationToken) =>
        await ReadAsync(paymentServiceId, cancellationToken) is { Passes: < Passes } progress
            ? await RunAsync(paymentServiceId, progress, static payment => payment.IsIndexed != true, cancellationToken)
            : 0;

    /// <summary>Goes on until the end and writes the copies of each payment anew; how many payments were written.</summary>
    public async Task<int> RunAnewAsync(string paymentServiceId, CancellationToken cancellationToken) =>
        await RunAsync(paymentServiceId, await ReadAsync(paymentServiceId, cancellationToken), static _ => true, cancellationToken);

    private async Task<IndexProgress> ReadAsync(string paymentServiceId, CancellationToken cancellationToken) =>
        IndexProgressRows.Read(await tables.Payments.FindAsync(paymentServiceId, IndexProgressRows.Key, cancellationToken));

    private async Task<int> RunAsync(string paymentServiceId, IndexProgress progress, Func<Payment, bool> wants, CancellationToken cancellationToken)
    {
        var written = 0;
        var range = progress.After is { } after
            ? RowKeys.PrefixAfter(paymentServiceId, PaymentRows.Prefix, after)
            : RowKeys.Prefix(paymentServiceId, PaymentRows.Prefix);
        await foreach (var page in tables.Payments.QueryAsync<TableEntity>(range, PageSize, cancellationToken: cancellationToken).AsPages())
        {
            await Parallel.ForEachAsync(page.Values, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, _) =>
            {
                if (await IndexAsync(row, wants))
                    Interlocked.Increment(ref written);
            });
            if (page.ContinuationToken is not null && page.Values.Count > 0)
                await tables.Payments.PutAsync(IndexProgressRows.Write(progress with { After = page.Values[^1].RowKey }, paymentServiceId), cancellationToken);
        }

        await tables.Payments.PutAsync(IndexProgressRows.Write(new IndexProgress(After: null, progress.Passes + 1, clock.NowInMilliseconds()), paymentServiceId), cancellationToken);
        return written;
    }

    private async Task<bool> IndexAsync(TableEntity row, Func<Payment, bool> wants)
    {
        for (var current = row; current is not null; current = await tables.Payments.FindAsync(row.PartitionKey, row.RowKey))
        {
            var payment = PaymentRows.Read(current);
            if (!wants(payment))
                return false;

            // What is there of an earlier state is not known.
            var group = new EntityGroup(ids.NewWriteId()).IndexPayment(new StoredPayment(payment with { IsIndexed = null }, current.ETag), payment);
            if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
                return true;
        }

        return false;
    }
}
