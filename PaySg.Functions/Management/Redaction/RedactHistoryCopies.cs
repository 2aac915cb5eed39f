using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Management.Redaction;

/// <summary>Takes the customer out of the copies of an attempt on a payment link that was redacted.</summary>
internal sealed class RedactHistoryCopies(PaySgTables tables, RedactCopies redactCopies, IdGenerator ids, TimeProvider clock, ILogger<RedactHistoryCopies> log) : IOutboxWork
{
    public string Kind => OutboxKind.LinkRedaction;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.LinkRedaction"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        if (await tables.PaymentLinks.FindAsync(work.OwnerId, work.RowKey) is null)
            return;

        var begun = PaymentLinkId.TimeOf(LinkAttemptNo.IdOf(work.Subject) ?? throw new InvalidOperationException($"{work.Subject} is no number of an attempt."));
        if (await redactCopies.RunAsync(work.OwnerId, begun, document => PayerDataJson.OfLinkAttempt(document, work.Subject)) is not { } copies)
        {
            Log.RedactionWaits(log, work.Subject, work.OwnerId);
            return;
        }

        var group = new EntityGroup(ids.NewWriteId())
            .Merge(RedactionRows.Ended(work.OwnerId, work.Subject, copies, clock.NowInMilliseconds()))
            .Delete(work.OwnerId, work.RowKey);
        await tables.PaymentLinks.SubmitAsync(group, CancellationToken.None);
        Log.Redacted(log, work.Subject, work.OwnerId, copies.Events, copies.Deliveries, copies.Answers);
    }
}
