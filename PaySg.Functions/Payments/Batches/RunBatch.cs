using PaySg.Functions.Access;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Batches;

/// <summary>
/// Creates the payments of a batch, portion by portion. A portion is one transaction, which creates its payments and deletes its lines: so a line becomes one
/// payment, whoever dies and however often it is begun again, and no payer's data stays behind. One portion after the other, because payers pay in the same
/// partition and come first.
/// </summary>
internal sealed class RunBatch(
    PaySgTables tables,
    BatchStore batches,
    PaymentServiceStore services,
    MakePayment makePayment,
    PaymentSettings limits,
    PaySgSettings settings,
    OutboxNudge nudge,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<RunBatch> log) : IOutboxWork
{
    // A message is worked on for some ten seconds, far from the host's limit.
    private const int PortionsInOneMessage = 100;

    private const int PortionsInOneQuery = 20;

    public string Kind => OutboxKind.Batch;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Batch"/>. Where the batch is done there is nothing to do.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        if (await batches.FindAsync(work.OwnerId, work.Subject, CancellationToken.None) is not { Batch: { Status: BatchStatus.Running } batch } stored)
            return;

        var service = await services.FindRememberedAsync(work.OwnerId, CancellationToken.None) ?? throw new InvalidOperationException($"Batch {batch.Id} is of no payment service.");
        var key = PaymentBatch.KeyOf(batch.StartedBy!, service, batch.StartedAt!.Value);
        var done = 0;
        await foreach (var waiting in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(work.OwnerId, BatchRows.WaitingOf(batch.Id)), maxPerPage: PortionsInOneQuery))
        {
            if (done++ == PortionsInOneMessage)
            {
                await nudge.SendAsync(work);
                return;
            }

            if (!await CreateAsync(waiting, key))
                return; // Another run is at it.
        }

        await EndAsync(work, stored);
    }

    /// <summary>Whether this run has created the payments of the portion.</summary>
    private async Task<bool> CreateAsync(TableEntity waiting, ApiKey key)
    {
        var now = clock.NowInMilliseconds();
        var created = new List<NewPayment>();
        var byLine = new List<BatchPayment>();
        var mistakes = new List<BatchMistake>();
        foreach (var (line, json) in BatchRows.ReadWaiting(waiting))
        {
            // Settings may have changed since the file was looked at.
            var fields = new RequestFields(json);
            var details = PaymentDetailsReader.Note(fields, limits.MaxAmountInCents, settings.Mode);
            mistakes.AddRange(fields.Errors.Select(error => new BatchMistake(line, error.Field, error.Message)));
            if (!fields.IsValid)
                continue;

            var made = makePayment.Run(key, details, now);
            created.Add(made);
            byLine.Add(new BatchPayment(line, made.Payment.Id));
        }

        var group = new EntityGroup(ids.NewWriteId())
            .Insert(BatchRows.WriteDone(waiting, new BatchOutcome(byLine, mistakes)))
            .Delete(waiting.PartitionKey, waiting.RowKey, waiting.ETag);
        created.ForEach(made => made.AddTo(group));
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return false;

        await nudge.RunAsync(group, now);
        return true;
    }

    /// <summary>No line waits. Where another run says so first, its row stands.</summary>
    private async Task EndAsync(OutboxRow work, StoredBatch stored)
    {
        var progress = await batches.ProgressAsync(work.OwnerId, stored.Batch.Id, CancellationToken.None);
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(BatchRows.Write(stored.Batch.End(progress, clock.NowInMilliseconds())), stored.Version)
            .Delete(work.OwnerId, work.RowKey);
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed)
            Log.BatchDone(log, stored.Batch.Id, work.OwnerId, progress.Created, progress.Failed);
    }
}
