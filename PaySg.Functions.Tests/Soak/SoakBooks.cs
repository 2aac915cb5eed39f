using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Soak;

/// <summary>
/// Checks payments that have come to rest, and takes their rows out of storage: the emulator gets slower with each row, and what it holds is to be the same in the
/// second quarter and in the last. A payment is at rest when its flow has ended, no outbox row names it, and each of its events was acknowledged and its delivery
/// has ended.
/// </summary>
internal sealed class SoakBooks(string connection, SoakReceiver receiver)
{
    /// <summary>Whoever repeats a call that was decided does so within seconds.</summary>
    private static readonly TimeSpan KeysKept = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly TableServiceClient tables = new(connection);
    private readonly Queue<(string Table, TableEntity[] Rows)> toDelete = new();
    private readonly Dictionary<string, SoakedPayment> open = new(StringComparer.Ordinal);

    /// <summary>Payments that were found right.</summary>
    public int Payments { get; private set; }

    /// <summary>Their events, all of them acknowledged.</summary>
    public int Events { get; private set; }

    public int Paid { get; private set; }

    public int Refunds { get; private set; }

    /// <summary>Payments that are not at rest yet.</summary>
    public int Open => open.Count;

    /// <summary>The oldest of them, for how long; zero if there are none.</summary>
    public TimeSpan Oldest => open.Values.Select(payment => TimeProvider.System.GetElapsedTime(payment.EndedAt)).DefaultIfEmpty().Max();

    /// <summary>The oldest payments that are not at rest.</summary>
    public string Describe() => string.Join('\n', open.Values.OrderBy(payment => payment.EndedAt).Take(3).Select(payment =>
        $"{payment.Id}: {string.Join(", ", payment.Calls.Select(call => $"{call.Kind} {call.Body} {string.Join(' ', call.Answers.Select(answer => (int)answer.Status))}"))}"));

    /// <summary>Checks what is at rest.</summary>
    public async Task CheckAsync(IEnumerable<SoakedPayment> ended)
    {
        foreach (var payment in ended)
            open.Add(payment.Id, payment);
        await DeleteAsync();
        var rows = await StoredRows.OfAsync(connection, "paysgpayments", "");
        var deliveries = (await StoredRows.OfAsync(connection, "paysgdeliveries", "v:")).ToDictionary(row => row.GetString("event_id"), StringComparer.Ordinal);
        var gateway = await StoredRows.OfAsync(connection, "paysgsandbox", "");
        var outbox = string.Join('\n', rows.Where(row => row.RowKey.StartsWith(OutboxRow.Prefix, StringComparison.Ordinal)).Select(row => row.RowKey));
        var own = rows.Select(row => (Row: row, Payment: PaymentOf(row))).Where(pair => pair.Payment is not null).ToLookup(pair => pair.Payment!, pair => pair.Row);
        var resting = open.Values
            .Where(payment => TimeProvider.System.GetElapsedTime(payment.EndedAt) > Rest && IsAtRest(own[payment.Id], deliveries, outbox, payment.Id))
            .Select(payment => payment.Id)
            .ToHashSet(StringComparer.Ordinal);
        var restingRows = resting.SelectMany(id => own[id]).ToList();
        var book = MoneyBook.Of(restingRows, [.. gateway.Where(row => resting.Contains(row.PartitionKey))]);
        book.Check([.. resting.SelectMany(id => open[id].Calls)]);
        Assert.Equal(resting.Count, book.Payments);
        Paid += book.Paid;
        Refunds += book.RefundsSucceeded;
        Payments += book.Payments;

        var told = restingRows.Where(IsEvent).Select(EventRows.Read).ToList();
        foreach (var each in told)
        {
            Assert.Equal(SHA256.HashData(each.Body.Span), receiver.HashOf(each.Id));
            Assert.Equal(DeliveryState.Delivered, DeliveryRows.Read(deliveries[each.Id]).State);
            receiver.Forget(each.Id);
        }

        Events += told.Count;
        var keysUntil = TimeProvider.System.GetUtcNow() - KeysKept;
        ToDelete("paysgpayments", [.. restingRows, .. rows.Where(row => row.Timestamp < keysUntil && IsOldKey(row))]);
        ToDelete("paysgdeliveries", told.Select(each => deliveries[each.Id]));
        ToDelete("paysgsandbox", gateway.Where(row => resting.Contains(row.PartitionKey) || resting.Contains(row.GetString("charge_id") ?? "")));
        foreach (var id in resting)
            open.Remove(id);
        await DeleteAsync();
    }

    private static bool IsEvent(TableEntity row) => row.RowKey.StartsWith(EventRows.Prefix, StringComparison.Ordinal);

    /// <summary>Whether a row is of a key that was decided.</summary>
    private static bool IsOldKey(TableEntity row) =>
        row.RowKey.StartsWith("x:", StringComparison.Ordinal) || (row.RowKey.StartsWith("k:", StringComparison.Ordinal) && row.ContainsKey("status"));

    /// <summary>The payment that a row belongs to; null: to none.</summary>
    private static string? PaymentOf(TableEntity row) => row.RowKey[..2] switch
    {
        PaymentRows.Prefix or SearchKeys.ReferencePrefix or SearchKeys.StatusPrefix => PaymentRows.Read(row).Id,
        PaymentRows.IndexPrefix => row.RowKey[2..],
        "a:" or "r:" => row.RowKey.Split(':')[1],
        EventRows.Prefix => JsonSerializer.Deserialize<JsonElement>(EventRows.Read(row).Body.Span).GetProperty("data").GetProperty("object").GetProperty("id").GetString(),
        _ => null,
    };

    private void ToDelete(string table, IEnumerable<TableEntity> rows)
    {
        foreach (var some in rows.GroupBy(row => row.PartitionKey, StringComparer.Ordinal).SelectMany(partition => partition.Chunk(100)))
            toDelete.Enqueue((table, some));
    }

    /// <summary>Deletes what was checked. What fails, because the emulator has too much to do, is tried again in the next round.</summary>
    private async Task DeleteAsync()
    {
        while (toDelete.TryPeek(out var next))
        {
            try
            {
                await tables.GetTableClient(next.Table).SubmitTransactionAsync(next.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)));
            }
            catch (TableTransactionFailedException gone) when (gone.Status == 404)
            {
                // It was done, and its answer did not come.
            }

            toDelete.Dequeue();
        }
    }

    private bool IsAtRest(IEnumerable<TableEntity> rows, Dictionary<string, TableEntity> deliveries, string outbox, string paymentId)
    {
        if (outbox.Contains(paymentId, StringComparison.Ordinal))
            return false;
        return rows.Where(IsEvent).Select(EventRows.Read).All(each =>
            !outbox.Contains(each.Id, StringComparison.Ordinal)
            && receiver.IsAcknowledged(each.Id)
            && deliveries.TryGetValue(each.Id, out var delivery)
            && DeliveryRows.IsEnded(delivery));
    }
}
