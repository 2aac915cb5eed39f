using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Management.Redaction;

/// <summary>Takes the customer out of an attempt on a payment link, as <see cref="RedactPayment"/> does with a payment's payer. No tax document is issued for links, so nothing stays.</summary>
internal sealed class RedactHistory(PaySgTables tables, KeyedChange change)
{
    /// <summary>200.</summary>
    /// <exception cref="ApiException">404; 402 where the attempt is not decided; 409 (idempotency key).</exception>
    public Task<ApiAnswer> RunAsync(ApiCall call, Caller caller, string historyId, Actor by) => change.RunAsync(
        call,
        caller.At(tables.PaymentLinks),
        RequestParameters.None,
        read: token => FindAsync(caller.OwnerId, historyId, token),
        (row, group, now) => Decide(caller.OwnerId, row, by, group, now));

    private async Task<TableEntity> FindAsync(string accountId, string historyId, CancellationToken cancellationToken) =>
        (PaymentLinkId.Parse(historyId) is { } id ? await tables.PaymentLinks.FindAsync(accountId, LinkAttemptRows.Key(id), cancellationToken) : null) ?? throw ApiErrors.HistoryNotFound();

    private static Decision Decide(string accountId, TableEntity row, Actor by, EntityGroup group, DateTimeOffset now)
    {
        var attempt = LinkAttemptRows.Read(row);
        if (!attempt.IsFinal)
            throw ApiErrors.PayerDataNeeded("the payer is still paying. Try again when the attempt is decided, which takes a day at most.");

        group
            .Replace(LinkAttemptRows.Write(attempt with { Customer = LinkCustomer.Unknown, OptionalMetadata = null, Card = null, UpdatedAt = now }), row.ETag)
            .Upsert(RedactionRows.Begun(accountId, attempt.ReffNo, [], null, by, now))
            .Insert(new OutboxRow(accountId, now, OutboxKind.LinkRedaction, attempt.ReffNo).ToEntity())
            .Audit(by, accountId, now, AuditAction.HistoryRedacted, attempt.ReffNo);
        return new Decision(new ApiAnswer(200, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("history_id", attempt.Id);
            json.WriteSingaporeTime("redacted_at", now);
            json.WriteEndObject();
        })));
    }
}
