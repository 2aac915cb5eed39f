using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Does at once what the sweeper would bring about: every row of the outbox is worked on by the queue function.</summary>
internal static class OutboxWork
{
    private const int Rounds = 5;

    /// <summary>Works on the rows that are there now. A silent gateway is no fault of the function: its rows stand, and nothing is thrown.</summary>
    public static async Task<int> OnceAsync(string connection, IServiceProvider services, string ownerId = ApiClient.ServiceId)
    {
        var work = ActivatorUtilities.CreateInstance<WorkOutboxFunction>(services);
        var filter = RowKeys.Prefix(ownerId, OutboxRow.Prefix);
        var table = AccountId.IsValid(ownerId) ? StoredLinks.Table : "paysgpayments";
        var found = 0;
        await foreach (var row in new TableServiceClient(connection).GetTableClient(table).QueryAsync<TableEntity>(filter))
        {
            if (OutboxRow.Parse(row.PartitionKey, row.RowKey) is null)
                continue;
            found++;
            await work.RunAsync(JsonSerializer.Serialize(new OutboxMessage(row.PartitionKey, row.RowKey), StoredOutboxJson.Compact.OutboxMessage));
        }

        return found;
    }

    /// <summary>Works until nothing is left to do.</summary>
    public static async Task AllAsync(string connection, IServiceProvider services, string ownerId = ApiClient.ServiceId)
    {
        for (var round = 0; round < Rounds && await OnceAsync(connection, services, ownerId) > 0; round++)
        {
        }
    }
}
