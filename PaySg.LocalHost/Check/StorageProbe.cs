using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Check;

/// <summary>Writes, reads and deletes a row that is nobody's, and sends, takes and deletes a message in a queue of its own.</summary>
internal static class StorageProbe
{
    private const string Partition = "check";
    private const string QueueName = "paysg-check";

    /// <summary>Says what was done.</summary>
    /// <exception cref="CheckFailedException">Storage did not do it.</exception>
    public static async Task<string> RunAsync(IServiceProvider services, CancellationToken stop)
    {
        var probe = services.GetRequiredService<IdGenerator>().NewWriteId();
        var advice = services.GetRequiredService<StorageAdvice>();
        await TellAsync("table", () => TryTableAsync(services.GetRequiredService<PaySgTables>(), probe, stop), advice, stop);
        await TellAsync("queue", () => TryQueueAsync(services.GetRequiredService<StorageConnection>().Queue(QueueName), probe, stop), advice, stop);
        return "a row and a message were written, read and deleted";
    }

    /// <summary>Runs a step; a fault of storage becomes a message that says what to do.</summary>
    public static async Task TellAsync(string what, Func<Task> step, StorageAdvice advice, CancellationToken stop)
    {
        try
        {
            await step();
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is not CheckFailedException)
        {
            throw new CheckFailedException(Explain(what, fault, advice), fault);
        }
    }

    private static async Task TryTableAsync(PaySgTables tables, string probe, CancellationToken stop)
    {
        var table = tables.Access;
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, probe) { ["probe"] = probe }, stop);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            if (await tables.CaseProblemAsync(stop) is { } problem)
                throw new CheckFailedException(problem, missing);
            throw;
        }

        var read = await table.GetEntityIfExistsAsync<TableEntity>(Partition, probe, cancellationToken: stop);
        if (!read.HasValue || read.Value!.GetString("probe") != probe)
            throw new CheckFailedException($"A row that was written to table {table.Name} was not read back. Is this a storage account of Azure, or Azurite?");
        await table.DeleteEntityAsync(Partition, probe, ETag.All, stop);
    }

    private static async Task TryQueueAsync(QueueClient queue, string probe, CancellationToken stop)
    {
        await queue.CreateIfNotExistsAsync(cancellationToken: stop);
        await queue.SendMessageAsync(probe, stop);
        var taken = (await queue.ReceiveMessagesAsync(maxMessages: 32, cancellationToken: stop)).Value;
        if (taken.All(message => message.MessageText != probe))
            throw new CheckFailedException($"A message that was sent to queue {queue.Name} did not come back. Run the check again; if it stays so, delete the queue {queue.Name}, which only this check uses.");
        await queue.DeleteAsync(stop);
    }

    private static string Explain(string what, Exception fault, StorageAdvice advice) => fault switch
    {
        RequestFailedException { Status: 404 } missing =>
            $"The {what} service knows no such {what} ({missing.ErrorCode}). Deploy infra/, or start LocalHost once on this store.",
        RequestFailedException { Status: > 0 } or ForeignAnswerException => $"The {what} service {advice.For(fault)}",
        AuthenticationFailedException => $"The {what} service wants an identity, and none could be had: {FirstLineOf(fault)}",
        _ => $"The {what} service cannot be reached: {FirstLineOf((fault as AggregateException)?.InnerException ?? fault)} On a laptop: start LocalHost, which starts Azurite.",
    };

    private static string FirstLineOf(Exception fault) => fault.Message.Split('\n')[0].Trim();
}
