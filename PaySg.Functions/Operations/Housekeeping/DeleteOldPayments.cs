using PaySg.Functions.Gateway;
using PaySg.Functions.Management.Redaction;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>
/// Deletes payments that did not change for <c>PaySg__Retention__PaymentYears</c>, with all that stands beside them. The payment's own row goes last, with the
/// copies that it is found by: where the work is cut off, the next night finds it again.
/// </summary>
internal sealed class DeleteOldPayments(PaySgTables tables, IdGenerator ids)
{
    private const int AtOnce = 8;

    /// <summary>How many went. What is not decided stays, and what changes just now.</summary>
    public async Task<int> RunAsync(string paymentServiceId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Nothing is as old as Unix time.
        if (before <= DateTimeOffset.UnixEpoch)
            return 0;

        var deleted = 0;
        await foreach (var page in tables.Payments.QueryAsync<TableEntity>(PaymentRows.RangeBefore(paymentServiceId, before), cancellationToken: cancellationToken).AsPages())
        {
            await Parallel.ForEachAsync(page.Values, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (row, _) =>
            {
                if (await DeleteAsync(row, before))
                    Interlocked.Increment(ref deleted);
            });
        }

        return deleted;
    }

    private async Task<bool> DeleteAsync(TableEntity row, DateTimeOffset before)
    {
        var payment = PaymentRows.Read(row);
        if (!PaymentRetention.MayGo(payment, before))
            return false;

        var beside = new List<TableEntity>();
        await foreach (var attempt in tables.Payments.QueryAsync<TableEntity>(ChargeAttemptRows.RangeOf(payment.PaymentServiceId, payment.Id)))
        {
            if (!ChargeAttemptRows.Read(attempt).IsFinal)
                return false;

            beside.Add(attempt);
        }

        foreach (var range in (string[])[RefundRows.RangeOf(payment.PaymentServiceId, payment.Id), PaymentMailRows.RangeOf(payment.PaymentServiceId, payment.Id)])
        {
            await foreach (var found in tables.Payments.QueryAsync<TableEntity>(range, select: ["PartitionKey", "RowKey"]))
                beside.Add(found);
        }

        await tables.Payments.DeleteAllAsync(beside, ids, CancellationToken.None);

        var group = new EntityGroup(ids.NewWriteId())
            .Delete(payment.PaymentServiceId, row.RowKey, row.ETag)
            .DeleteIfThere(payment.PaymentServiceId, PaymentRows.IndexKey(payment.Id))
            .DeleteIfThere(payment.PaymentServiceId, RedactionRows.Key(payment.Id));
        foreach (var key in SearchKeys.Of(payment))
            group.DeleteIfThere(payment.PaymentServiceId, key);

        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed;
    }
}
