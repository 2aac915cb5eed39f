using System.Text;
using Azure.Data.Tables;
using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Batches;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Payments.Batches;

/// <summary>A payment service with a batch, and its worker.</summary>
internal sealed class BatchFixture(PaySgParts parts, PaymentService service)
{
    public const string Payer = "Tan Ah Kow of Bedok";

    private static readonly DateTimeOffset Member = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ApiKey Key { get; } = PaymentBatch.KeyOf("member_1", service, Member);

    public static async Task<BatchFixture> InAsync(PaySgParts parts) => new(parts, await parts.PaymentServiceAsync());

    /// <summary>Sends a file that is right.</summary>
    public async Task<PaymentBatch> ReadyAsync(int lines, long cents = 1130)
    {
        var now = parts.Clock.GetUtcNow();
        var batch = new PaymentBatch
        {
            Id = parts.Get<IdGenerator>().NewBatchId(now),
            PaymentServiceId = service.Id,
            FileName = "fees.csv",
            FileHash = "00",
            Lines = lines,
            TotalInCents = lines * cents,
            Status = BatchStatus.Ready,
            UploadedBy = "member_1",
            UploadedAt = now,
        };
        await parts.Get<BatchStore>().SaveAsync(batch, [.. Enumerable.Range(2, lines).Select(line => LineOf(line, cents))], [], Key.By);
        return batch;
    }

    public async Task<PaymentBatch> StartedAsync(int lines, long cents = 1130)
    {
        var batch = await ReadyAsync(lines, cents);
        return await parts.Get<StartBatch>().RunAsync(Key, batch.Id);
    }

    public async Task<PaymentBatch> FindAsync(string batchId) => (await parts.Get<BatchStore>().GetAsync(service.Id, batchId, CancellationToken.None)).Batch;

    /// <summary>Does once what a message asks for, if there is a row that asks for it.</summary>
    public async Task WorkAsync()
    {
        foreach (var row in await RowsAsync(OutboxRow.Prefix))
        {
            var work = OutboxRow.Parse(row.PartitionKey, row.RowKey)!;
            if (work.Kind == OutboxKind.Batch)
                await parts.Get<RunBatch>().RunAsync(work);
            if (work.Kind == OutboxKind.BatchMails)
                await parts.Get<MailBatchLinks>().RunAsync(work);
        }
    }

    public async Task<List<TableEntity>> RowsAsync(string prefix)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in parts.Tables.Payments.QueryAsync<TableEntity>(RowKeys.Prefix(service.Id, prefix)))
            rows.Add(row);
        return rows;
    }

    public async Task<List<Payment>> PaymentsAsync() => [.. (await RowsAsync(PaymentRows.Prefix)).Select(PaymentRows.Read)];

    /// <summary>Whether a row of a batch holds the payer's name.</summary>
    public async Task<bool> HoldsPayerAsync()
    {
        var name = Encoding.UTF8.GetBytes(Payer);
        foreach (var prefix in (string[])[BatchRows.Prefix, BatchRows.WaitingPrefix, BatchRows.DonePrefix, BatchRows.MistakesPrefix])
        {
            foreach (var row in await RowsAsync(prefix))
            {
                if (row.Any(column => column.Value is byte[] bytes && bytes.AsSpan().IndexOf(name) >= 0))
                    return true;
            }
        }

        return false;
    }

    private static BatchLine LineOf(int line, long cents) => new(line, Encoding.UTF8.GetBytes(
        FormattableString.Invariant($$$"""{"reference_id":"INV-{{{line}}}","payer_name":"{{{Payer}}}","payer_email":"payer{{{line}}}@example.com","description":"Fee","amount_in_cents":{{{cents}}},"metadata":{}}""")));
}
