using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Batches;

/// <summary>
/// Has a batch worked on: that it is running, and an outbox row, in one transaction. Only a batch that is ready can be started, and then it no longer is: so
/// however often it is asked for, it is started once.
/// </summary>
internal sealed class StartBatch(PaySgTables tables, BatchStore batches, IMailTransport transport, OutboxNudge nudge, HotRowRetry hotRow, IdGenerator ids, TimeProvider clock)
{
    /// <summary>The batch as it is then. One that is not ready stays as it is.</summary>
    /// <exception cref="ApiException">404.</exception>
    public Task<PaymentBatch> RunAsync(ApiKey key, string batchId) => ChangeAsync(
        key, batchId, OutboxKind.Batch, AuditAction.BatchConfirmed, static (batch, now) => batch.MayStartAt(now), (batch, now) => batch.Start(key.Id, now));

    /// <summary>The same of sending the links of its payments.</summary>
    /// <exception cref="ApiException">402 where no relay is set that takes emails; 404.</exception>
    public Task<PaymentBatch> MailAsync(ApiKey key, string batchId) => transport.Sender is null
        ? throw ApiErrors.EmailNotConfigured()
        : ChangeAsync(key, batchId, OutboxKind.BatchMails, AuditAction.BatchLinksMailed, static (batch, _) => batch.MayMail, (batch, _) => batch.Mail(key.Id));

    private Task<PaymentBatch> ChangeAsync(
        ApiKey key, string batchId, string kind, string action, Func<PaymentBatch, DateTimeOffset, bool> may, Func<PaymentBatch, DateTimeOffset, PaymentBatch> change) => hotRow.UntilDecidedAsync(
        async () =>
        {
            var stored = await batches.GetAsync(key.PaymentServiceId, batchId, CancellationToken.None);
            var now = clock.NowInMilliseconds();
            if (!may(stored.Batch, now))
                return stored.Batch;

            var changed = change(stored.Batch, now);
            var group = new EntityGroup(ids.NewWriteId())
                .Replace(BatchRows.Write(changed), stored.Version)
                .Insert(new OutboxRow(key.PaymentServiceId, now, kind, batchId).ToEntity())
                .Audit(key.By, key.PaymentServiceId, now, action, batchId);
            if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
                return null;

            await nudge.RunAsync(group, now);
            return changed;
        },
        CancellationToken.None);
}
