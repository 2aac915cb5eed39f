using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>Brings the copies that searches find payments by up to date, one payment service after the other.</summary>
internal sealed class IndexAllPayments(IOwners owners, IndexPayments index, ILogger<IndexAllPayments> log)
{
    /// <summary>What older releases left, until nothing can be left. One service's fault does not stop the others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        await foreach (var ownerId in ServicesAsync(cancellationToken))
        {
            try
            {
                written += await index.RunWhereNeededAsync(ownerId, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Log.HousekeepingFailed(log, ownerId, fault);
            }
        }

        Log.PaymentsIndexed(log, written);
    }

    /// <summary>All payments anew, as an operator asks for after a backup was restored.</summary>
    /// <param name="report">Gets each payment service and how many of its payments were written.</param>
    /// <param name="cancellationToken">Ends it; started again it goes on from there.</param>
    public async Task RunAnewAsync(Func<string, int, Task> report, CancellationToken cancellationToken)
    {
        await foreach (var ownerId in ServicesAsync(cancellationToken))
        {
            await report(ownerId, await index.RunAnewAsync(ownerId, cancellationToken));
        }
    }

    private IAsyncEnumerable<string> ServicesAsync(CancellationToken cancellationToken) =>
        owners.IdsAsync(cancellationToken).Where(static id => id != OwnerIds.Gateway && OwnerIds.KindOf(id) == OwnerKind.PaymentService);
}
