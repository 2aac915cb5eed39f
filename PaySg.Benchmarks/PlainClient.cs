using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace PaySg.Benchmarks;

/// <summary>What a call would cost that did nothing but ask storage the same, by Azure's own clients with their own options.</summary>
internal sealed class PlainClient
{
    private readonly TableClient table;
    private readonly QueueClient queue;

    public PlainClient(MemoryStorage storage)
    {
        var transport = new HttpClientTransport(storage);
        table = new TableServiceClient(MemoryStorage.ConnectionString, new TableClientOptions { Transport = transport }).GetTableClient("paysgpayments");
        queue = new QueueClient(MemoryStorage.ConnectionString, "paysg-outbox", new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.Base64 });
    }

    /// <summary>Sends the same rows in a transaction, and the same messages.</summary>
    public async Task WriteAsync(SentCall call)
    {
        await table.SubmitTransactionAsync(call.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(row))));
        foreach (var message in call.Messages)
            await queue.SendMessageAsync(message);
    }

    /// <summary>Reads the same row.</summary>
    public Task ReadAsync(string partitionKey, string rowKey) => table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey);
}
