using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace PaySg.LocalHost.Queues;

/// <summary>A message that is being worked on, with the receipt that changes when its invisibility is renewed.</summary>
internal sealed class MessageLease(QueueClient queue, QueueMessage message, TimeSpan invisible, ILogger log)
{
    private string receipt = message.PopReceipt;

    /// <summary>The message as it was received.</summary>
    public QueueMessage Message => message;

    /// <summary>Renews the invisibility every half of it until disposed.</summary>
    public IAsyncDisposable Renew() => new Renewal(this);

    /// <summary>Deletes the message; one that the function deleted or changed itself is left as it is.</summary>
    public Task DeleteAsync() => ToleratedAsync(() => queue.DeleteMessageAsync(message.MessageId, receipt));

    /// <summary>Makes the message visible again after a while.</summary>
    public Task ReleaseAsync(TimeSpan after) => ToleratedAsync(() => queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: after));

    private static async Task ToleratedAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (RequestFailedException exception) when (exception.Status == 404
            || string.Equals(exception.ErrorCode, QueueErrorCode.PopReceiptMismatch.ToString(), StringComparison.Ordinal))
        {
            // The message is gone, or belongs to whoever took it after us.
        }
    }

    private sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource ended = new();
        private readonly Task loop;

        public Renewal(MessageLease lease) => loop = RunAsync(lease, ended.Token);

        public async ValueTask DisposeAsync()
        {
            await ended.CancelAsync();
            await loop;
            ended.Dispose();
        }

        private static async Task RunAsync(MessageLease lease, CancellationToken cancellationToken)
        {
            while (true)
            {
                await Task.Delay(lease.Half, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellationToken.IsCancellationRequested)
                    return;
                await lease.RenewOnceAsync();
            }
        }
    }

    private TimeSpan Half => invisible / 2;

    private async Task RenewOnceAsync()
    {
        try
        {
            // Not cancelled when the function ends meanwhile: the new receipt must not be lost.
            UpdateReceipt update = await queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: invisible);
            receipt = update.PopReceipt;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogWarning(exception, "The invisibility of message {Id} of queue {Queue} could not be renewed", message.MessageId, queue.Name);
        }
    }
}
