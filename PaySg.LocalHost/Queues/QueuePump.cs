using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.Queues;

/// <summary>
/// Feeds a queue function as the host's listener does: a batch at once, more when few are left in flight, failed messages again at
/// once until they are poison, a message deleted only after its function returned.
/// </summary>
internal sealed class QueuePump
{
    /// <summary>A receive that is under way when the pump stops may still end: its messages would be invisible for minutes.</summary>
    private static readonly TimeSpan LastReceive = TimeSpan.FromSeconds(2);

    private readonly QueueFunction function;
    private readonly IServiceProvider services;
    private readonly QueueClient queue;
    private readonly QueueClient? poison;
    private readonly QueuePumpSettings settings;
    private readonly FunctionInvoker invoker;
    private readonly ILogger log;
    private readonly ConcurrentDictionary<Task, bool> inFlight = new();
    private string? lastError;

    /// <summary>A pump of one function and its queue.</summary>
    public QueuePump(QueueFunction function, IServiceProvider services, QueueServiceClient storage, string queueName, QueuePumpSettings settings, FunctionInvoker invoker, ILogger log)
    {
        this.function = function;
        this.services = services;
        this.settings = settings;
        this.invoker = invoker;
        this.log = log;
        queue = storage.GetQueueClient(queueName);
        poison = QueueNames.PoisonOf(queueName) is { } name ? storage.GetQueueClient(name) : null;
    }

    /// <summary>Runs until the first token fires, then until all messages in flight are done or the second fires.</summary>
    public async Task RunAsync(CancellationToken stopTaking, CancellationToken giveUp)
    {
        var backoff = new PollingBackoff(settings.MaxPollingInterval);
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        await using var stop = stopTaking.Register(() => receiving.CancelAfter(LastReceive));
        while (!stopTaking.IsCancellationRequested)
        {
            var messages = await ReceiveAsync(receiving.Token);
            foreach (var message in messages)
            {
                var task = Task.Run(() => ProcessAsync(message, giveUp), CancellationToken.None);
                inFlight[task] = true;
                _ = task.ContinueWith(done => inFlight.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            if (messages.Length > 0)
            {
                backoff.Reset();
                await BelowThresholdAsync(stopTaking);
            }
            else
            {
                await Task.Delay(backoff.Next(), TimeProvider.System, stopTaking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(inFlight.Keys).WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BelowThresholdAsync(CancellationToken stopTaking)
    {
        while (!stopTaking.IsCancellationRequested && inFlight.Count > settings.NewBatchThreshold)
        {
            var running = inFlight.Keys;
            if (running.Count > settings.NewBatchThreshold)
                await ((Task)Task.WhenAny(running)).WaitAsync(stopTaking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(settings.BatchSize, settings.Invisible, cancellationToken);
            lastError = null;
            return messages;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or >= 500)
        {
            Report(LogLevel.Debug, exception, "Queue {Queue} of function {Function} cannot be read: {Error}");
            return [];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Report(LogLevel.Error, exception, "Queue {Queue} of function {Function} cannot be read. In Azure the host process would stop here; LocalHost goes on polling: {Error}");
            return [];
        }
    }

    /// <summary>Logs an error once while it lasts.</summary>
    private void Report(LogLevel level, Exception exception, string message)
    {
        var error = exception is RequestFailedException failed ? failed.ErrorCode ?? failed.GetType().Name : exception.GetType().Name;
        if (string.Equals(error, lastError, StringComparison.Ordinal))
            return;
        lastError = error;
#pragma warning disable CA2254 // The two templates are constants of the caller.
        log.Log(level, exception, message, queue.Name, function.Name, error);
#pragma warning restore CA2254
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken giveUp)
    {
        var lease = new MessageLease(queue, message, settings.Invisible, log);
        try
        {
            if (poison is not null && message.DequeueCount > settings.MaxDequeueCount)
            {
                log.LogError("Message {Id} of queue {Queue} was taken {Count} times and never finished: poison", message.MessageId, queue.Name, message.DequeueCount);
                await ToPoisonAsync(lease, giveUp);
            }
            else if (MessageText.Decode(message.Body.ToString(), settings.Base64) is not { } content)
            {
                log.LogError("Message {Id} of queue {Queue} is not Base64: poison, without a call of {Function}", message.MessageId, queue.Name, function.Name);
                await ToPoisonAsync(lease, giveUp);
            }
            else
            {
                await RunAsync(lease, content, giveUp);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogError(exception, "Message {Id} of queue {Queue} could not be ended; it comes again when its invisibility is over", message.MessageId, queue.Name);
        }
    }

    private async Task RunAsync(MessageLease lease, byte[] content, CancellationToken giveUp)
    {
        bool succeeded;
        await using (lease.Renew())
        {
            try
            {
                await invoker.InvokeAsync(function, services, parameter => MessageText.As(parameter.ParameterType, content), cancellationToken: giveUp);
                succeeded = true;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                if (giveUp.IsCancellationRequested)
                    return;
                log.LogError(exception, "Function {Function} failed on message {Id}, attempt {Count} of {Max}", function.Name, lease.Message.MessageId, lease.Message.DequeueCount, settings.MaxDequeueCount);
                succeeded = false;
            }
        }

        if (succeeded)
            await lease.DeleteAsync();
        else if (lease.Message.DequeueCount < settings.MaxDequeueCount)
            await lease.ReleaseAsync(settings.RetryAfter);
        else
            await ToPoisonAsync(lease, giveUp);
    }

    /// <summary>Copies the message's text to the poison queue, then deletes it. Where there is none the message stays invisible and comes again.</summary>
    private async Task ToPoisonAsync(MessageLease lease, CancellationToken giveUp)
    {
        if (poison is null)
        {
            log.LogError("Queue {Queue} has no poison queue: message {Id} comes again", queue.Name, lease.Message.MessageId);
            return;
        }

        var text = lease.Message.Body.ToString();
        try
        {
            await poison.SendMessageAsync(text, giveUp);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: giveUp);
            await poison.SendMessageAsync(text, giveUp);
        }

        await lease.DeleteAsync();
    }
}
