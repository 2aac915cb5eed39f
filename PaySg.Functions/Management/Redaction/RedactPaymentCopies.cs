using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Management.Redaction;

/// <summary>Takes a payer's data out of the copies of a payment that was redacted. Where one is in use just now, the outbox row stays and the sweep comes again.</summary>
internal sealed class RedactPaymentCopies(PaySgTables tables, RedactCopies redactCopies, IdGenerator ids, TimeProvider clock, ILogger<RedactPaymentCopies> log) : IOutboxWork
{
    public string Kind => OutboxKind.Redaction;

    /// <summary>Works on an outbox row of the kind <see cref="OutboxKind.Redaction"/>. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        if (await tables.Payments.FindAsync(work.OwnerId, work.RowKey) is null)
            return;

        var row = await tables.Payments.FindAsync(work.OwnerId, PaymentRows.Key(work.Subject)) ?? throw new InvalidOperationException($"Payment {work.Subject} is redacted and not there.");
        var payment = PaymentRows.Read(row);
        var copies = await redactCopies.RunAsync(work.OwnerId, payment.CreatedAt, document => PayerDataJson.OfPayment(document, payment.Id));
        if (copies is null || !await RedactAttemptsAsync(payment, copies))
        {
            Log.RedactionWaits(log, payment.Id, work.OwnerId);
            return;
        }

        var group = new EntityGroup(ids.NewWriteId())
            .Merge(RedactionRows.Ended(work.OwnerId, payment.Id, copies, clock.NowInMilliseconds()))
            .Delete(work.OwnerId, work.RowKey);
        await tables.Payments.SubmitAsync(group, CancellationToken.None);
        Log.Redacted(log, payment.Id, work.OwnerId, copies.Events, copies.Deliveries, copies.Answers);
    }

    /// <summary>Attempts hold the payer's card, and the page that they were sent to.</summary>
    private async Task<bool> RedactAttemptsAsync(Payment payment, RedactedCopies copies)
    {
        await foreach (var row in tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(payment.PaymentServiceId, ChargeAttemptRows.Key(payment.Id, ""))))
        {
            var attempt = ChargeAttemptRows.Read(row);
            if (attempt is { Card: null, NextStep: null })
                continue;

            var redacted = ChargeAttemptRows.Write(attempt with { Card = null, NextStep = null }, payment.PaymentServiceId);
            if (await tables.Payments.SubmitAsync(new EntityGroup(ids.NewWriteId()).Replace(redacted, row.ETag), CancellationToken.None) is WriteResult.Conflict)
                return false;
            copies.Attempts++;
        }

        return true;
    }
}
