using PaySg.Functions.Access;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Batches;

/// <summary>
/// Has the links of a batch's payments mailed, each once: one that was asked for before, by whomever, is left alone, and a portion of which all were asked for says
/// so. It may be begun again at any point.
/// </summary>
internal sealed class MailBatchLinks(
    PaySgTables tables,
    BatchStore batches,
    PaymentServiceStore services,
    PaymentStore payments,
    RequestLinkMail requestLinkMail,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<MailBatchLinks> log) : IOutboxWork
{
    private const int PortionsInOneMessage = 20;
    private const int InParallel = 4;

    public string Kind => OutboxKind.BatchMails;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.BatchMails"/>. Where all were asked for there is nothing to do.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        if (await batches.FindAsync(work.OwnerId, work.Subject, CancellationToken.None) is not { Batch: { Mailing: BatchMailing.Running } batch } stored)
            return;

        var service = await services.FindRememberedAsync(work.OwnerId, CancellationToken.None) ?? throw new InvalidOperationException($"Batch {batch.Id} is of no payment service.");
        var key = PaymentBatch.KeyOf(batch.MailedBy!, service, clock.GetUtcNow());
        var done = 0;
        await foreach (var portion in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(work.OwnerId, BatchRows.DoneOf(batch.Id))))
        {
            if (BatchRows.IsMailed(portion))
                continue;

            if (done++ == PortionsInOneMessage)
            {
                await nudge.SendAsync(work);
                return;
            }

            await MailAsync(portion, key, batch.Id);
        }

        var progress = await batches.ProgressAsync(work.OwnerId, batch.Id, CancellationToken.None);
        var group = new EntityGroup(ids.NewWriteId()).Replace(BatchRows.Write(batch.EndMailing(progress)), stored.Version).Delete(work.OwnerId, work.RowKey);
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
            Log.BatchMailed(log, batch.Id, work.OwnerId, progress.Mailed, progress.NotMailed);
    }

    private async Task MailAsync(TableEntity portion, ApiKey key, string batchId)
    {
        var (mailed, notMailed) = (0, 0);
        await Parallel.ForEachAsync(BatchRows.ReadDone(portion).Created, new ParallelOptions { MaxDegreeOfParallelism = InParallel }, async (created, _) =>
        {
            if (await IsMailedAsync(created.PaymentId, key, batchId))
            {
                Interlocked.Increment(ref mailed);
            }
            else
            {
                Interlocked.Increment(ref notMailed);
            }
        });
        await tables.Payments.SubmitAsync(new EntityGroup(ids.NewWriteId()).Merge(BatchRows.MarkMailed(portion, mailed, notMailed)), CancellationToken.None);
    }

    /// <summary>Whether an email with the payment's link was asked for, now or before.</summary>
    private async Task<bool> IsMailedAsync(string paymentId, ApiKey key, string batchId)
    {
        var payment = (await payments.GetAsync(key.PaymentServiceId, paymentId, CancellationToken.None)).Payment;
        if (payment.LinkMails is not null || payment.EmailSentAt is not null)
            return true;

        if (payment.Status != PaymentStatus.Unpaid || payment.Details.PayerEmail is null)
            return false;

        try
        {
            var call = ApiCall.OfOurs($"/batches/{batchId}/payments/{paymentId}/send", default, batchId, ids.NewRequestId());
            return (await requestLinkMail.RunAsync(call, key, paymentId)).Status == 200;
        }
        catch (ApiException refused) when (refused.Error.Status is 402 or 429)
        {
            return false;
        }
    }
}
