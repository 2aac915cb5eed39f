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
        : this(MemoryStorage.ConnectionString, new HttpClientTransport(storage))
    {
    }

    /// <summary>To a storage account that is there.</summary>
    public PlainClient(string connectionString)
        : this(connectionString, HttpClientTransport.Shared)
    {
    }

    private PlainClient(string connectionString, HttpPipelineTransport transport)
    {
        table = new TableServiceClient(connectionString, new TableClientOptions { Transport = transport }).GetTableClient("paysgpayments");
        queue = new QueueClient(connectionString, "paysg-outbox", new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.Base64 });
    }

    /// <summary>Makes the table and the queue that it writes to.</summary>
    public async Task PrepareAsync()
    {
        await table.CreateIfNotExistsAsync();
        await queue.CreateIfNotExistsAsync();
    }

    /// <summary>Sends the same rows in a transaction, and the same messages.</summary>
    /// <param name="call">What was sent.</param>
    /// <param name="ending">What each row's key ends with, besides, so that rows can be inserted again.</param>
    public async Task WriteAsync(SentCall call, string ending = "")
    {
        await table.SubmitTransactionAsync(call.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, Copy(row, ending))));
        foreach (var message in call.Messages)
            await queue.SendMessageAsync(message);
    }

    /// <summary>Reads the same row.</summary>
    public Task ReadAsync(string partitionKey, string rowKey) => table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey);

    private static TableEntity Copy(Dictionary<string, object> row, string ending)
    {
        var copy = new TableEntity(row);
        if (ending.Length > 0)
            copy.RowKey += ending;

        return copy;
    }
}
