using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary>Shows a batch: its row, and what its state asks for, by one request more.</summary>
internal sealed class ShowBatch(BatchStore batches, BatchView view)
{
    /// <summary>200 and the page.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<ApiAnswer> RunAsync(Visit visit, string batchId, CancellationToken cancellationToken)
    {
        var batch = (await batches.GetAsync(visit.Service.Id, batchId, cancellationToken)).Batch;
        return view.Print(visit, batch.Status switch
        {
            BatchStatus.Ready => await ReadyAsync(batch, cancellationToken),
            _ when batch.IsRunning => new BatchSight(batch, await batches.ProgressAsync(batch.PaymentServiceId, batch.Id, cancellationToken)),
            _ when batch.Mistakes + batch.Progress.Failed > 0 => new BatchSight(batch, batch.Progress) { Mistakes = await batches.MistakesAsync(batch, cancellationToken) },
            _ => new BatchSight(batch, batch.Progress),
        });
    }

    private async Task<BatchSight> ReadyAsync(PaymentBatch batch, CancellationToken cancellationToken)
    {
        var lines = batches.FirstLinesAsync(batch, cancellationToken);
        var othersRead = batches.ListAsync(batch.PaymentServiceId, cancellationToken);
        var others = await othersRead.BesideAsync(lines);
        return new BatchSight(batch, batch.Progress)
        {
            FirstLines = await lines,
            Before = others.FirstOrDefault(other => other.FileHash == batch.FileHash && other.StartedAt is not null),
        };
    }
}
