using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Redaction;

/// <summary>
/// Takes a payer's data out of every copy that an owner's rows hold: events, deliveries (and what receivers answered, which may repeat it) and stored answers. A
/// delivery that is not made yet brings the event without the data. It may be begun again at any point.
/// </summary>
internal sealed class RedactCopies(PaySgTables tables, WebhookEndpointStore endpoints, IdGenerator ids)
{
    private const string Document = "doc";
    private const string Body = "body";
    private const string AnswerPrefix = "k:";

    /// <summary>Changes the copies; null: one of them is in somebody's hands just now, so it is to be done again.</summary>
    /// <param name="ownerId">Whose rows.</param>
    /// <param name="since">When the payer's data came: no event is older.</param>
    /// <param name="redact">The document without the data; null where it holds none of it.</param>
    public async Task<RedactedCopies?> RunAsync(string ownerId, DateTimeOffset since, Func<ReadOnlyMemory<byte>, byte[]?> redact)
    {
        var copies = new RedactedCopies();
        var events = new List<string>();
        var table = tables.OfOwner(ownerId);

        // An event that is being fanned out becomes deliveries with the bytes that the outbox row carries.
        await foreach (var waiting in table.QueryAsync<TableEntity>(RowKeys.Prefix(ownerId, OutboxRow.Prefix)))
        {
            if (ChunkedDocument.IsIn(waiting, Document) && redact(ChunkedDocument.Read(waiting, Document)) is not null)
                return null;
        }

        await foreach (var row in table.QueryAsync<TableEntity>(EventRows.Range(ownerId, after: null, since)))
        {
            if (redact(ChunkedDocument.Read(row, Document)) is not { } redacted)
                continue;

            events.Add(row.GetString("id"));
            if (!await ReplaceAsync(table, row, Document, redacted))
                return null;
            copies.Events++;
        }

        if (await RedactAnswersAsync(table, ownerId, redact, copies) && await RedactAnswersAsync(tables.Webhooks, ownerId, redact, copies))
            return await RedactDeliveriesAsync(ownerId, events, redact, copies) ? copies : null;

        return null;
    }

    private async Task<bool> RedactDeliveriesAsync(string ownerId, List<string> events, Func<ReadOnlyMemory<byte>, byte[]?> redact, RedactedCopies copies)
    {
        await foreach (var endpointId in EndpointsAsync(ownerId))
        {
            foreach (var eventId in events)
            {
                if (await tables.Deliveries.FindAsync(endpointId, DeliveryRows.Key(eventId)) is not { } row || redact(ChunkedDocument.Read(row, Body)) is not { } redacted)
                    continue;

                DeliveryRows.ForgetAnswers(row);
                if (!await ReplaceAsync(tables.Deliveries, row, Body, redacted))
                    return false;
                copies.Deliveries++;
            }

            if (!await RedactAnswersAsync(tables.Deliveries, endpointId, redact, copies))
                return false;
        }

        return true;
    }

    private async IAsyncEnumerable<string> EndpointsAsync(string ownerId)
    {
        foreach (var stored in await endpoints.ListAllAsync(ownerId, CancellationToken.None))
            yield return stored.Endpoint.Id;
        await foreach (var gone in tables.Webhooks.QueryAsync<TableEntity>(GoneEndpointRows.Range(ownerId)))
            yield return GoneEndpointRows.IdOf(gone);
    }

    private async Task<bool> RedactAnswersAsync(TableClient table, string partitionKey, Func<ReadOnlyMemory<byte>, byte[]?> redact, RedactedCopies copies)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(RowKeys.Prefix(partitionKey, AnswerPrefix)))
        {
            if (!ChunkedDocument.IsIn(row, Document) || redact(ChunkedDocument.Read(row, Document)) is not { } redacted)
                continue;

            if (!await ReplaceAsync(table, row, Document, redacted))
                return false;
            copies.Answers++;
        }

        return true;
    }

    /// <summary>Writes the row with another document, and nothing left of the old one: a merge would keep the columns that a shorter document does not need.</summary>
    private async Task<bool> ReplaceAsync(TableClient table, TableEntity row, string name, byte[] document)
    {
        var replaced = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (column, value) in row)
        {
            if (column is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && !IsChunk(column, name))
                replaced[column] = value;
        }

        ChunkedDocument.Write(replaced, name, document);
        return await table.SubmitAsync(new EntityGroup(ids.NewWriteId()).Replace(replaced, row.ETag), CancellationToken.None) is WriteResult.Committed;
    }

    private static bool IsChunk(string column, string name) =>
        column.StartsWith(name, StringComparison.Ordinal) && column.Length > name.Length && column.AsSpan(name.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}
