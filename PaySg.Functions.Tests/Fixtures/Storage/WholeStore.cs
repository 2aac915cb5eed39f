using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Everything that a storage account holds in tables and queues, whatever it is called: what is added later is looked at, too.</summary>
public static class WholeStore
{
    /// <summary>Each place that holds one of the texts, as plain UTF-8 or as JSON escapes it.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string connection, IReadOnlyList<string> texts)
    {
        var found = new List<string>();
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync(filter: (string?)null))
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(filter: (string?)null))
                found.AddRange(In(row, texts).Select(text => $"{table.Name} {row.PartitionKey} {row.RowKey}: {text}"));
        }

        var queues = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await foreach (var queue in queues.GetQueuesAsync())
        {
            foreach (var message in (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value)
                found.AddRange(In(message.Body.ToString(), texts).Select(text => $"{queue.Name}: {text}"));
        }

        return found;
    }

    /// <summary>The texts that a row holds.</summary>
    public static IEnumerable<string> In(TableEntity row, IReadOnlyList<string> texts) => row.SelectMany(column => In(
        column.Value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), BinaryData data => data.ToString(), var value => $"{column.Key} {value}" }, texts));

    private static IEnumerable<string> In(string content, IReadOnlyList<string> texts) =>
        texts.Where(text => content.Contains(text, StringComparison.Ordinal) || content.Contains(System.Text.Json.JsonEncodedText.Encode(text).ToString(), StringComparison.Ordinal));
}
