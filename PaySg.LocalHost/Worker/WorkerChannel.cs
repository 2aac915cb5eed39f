using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Worker.Rpc;

using Content = PaySg.LocalHost.Worker.Rpc.StreamingMessage.ContentOneofCase;

namespace PaySg.LocalHost.Worker;

/// <summary>The conversation with one worker: questions are answered in any order, and lines of its log come in between.</summary>
internal sealed class WorkerChannel(ILoggerFactory logs)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> asked = new(StringComparer.Ordinal);
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private long questions;

    /// <summary>Talks until the stream ends. What was asked and not answered has failed then.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(stream, cancellationToken);
        try
        {
            while (await incoming.MoveNext(cancellationToken))
                Take(incoming.Current);
        }
        catch (Exception exception) when (exception is Grpc.Core.RpcException or IOException or OperationCanceledException)
        {
            // The worker is gone. Who waits for its process says so.
        }

        Close();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Nothing more is said; what waits for an answer fails.</summary>
    public void Close()
    {
        outgoing.Writer.TryComplete();
        foreach (var id in asked.Keys)
        {
            if (asked.TryRemove(id, out var waiting))
                waiting.TrySetException(new WorkerEndedException("The worker ended."));
        }
    }

    /// <summary>Says something that has no answer. Lost where the worker is gone.</summary>
    public void Tell(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <summary>Asks something and waits for the answer.</summary>
    /// <exception cref="WorkerEndedException">The worker ended before it answered.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Interlocked.Increment(ref questions).ToString(CultureInfo.InvariantCulture);
        var waiting = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[question.RequestId] = waiting;
        if (!outgoing.Writer.TryWrite(question) && asked.TryRemove(question.RequestId, out _))
            waiting.TrySetException(new WorkerEndedException("The worker has ended."));
        return waiting.Task;
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
            await stream.WriteAsync(message, cancellationToken);
    }

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase == Content.RpcLog)
            Log(message.RpcLog);
        else if (asked.TryRemove(message.RequestId, out var waiting))
            waiting.TrySetResult(message);
    }

    private void Log(RpcLog line)
    {
        // An invocation's failure is also its answer, and said there.
        if (line.LogCategory == RpcLog.Types.RpcLogCategory.System && line.Level < RpcLog.Types.Level.Warning)
            return;
        var failure = line.Exception is null ? null : new WorkerException($"{line.Exception.Message}{Environment.NewLine}{line.Exception.StackTrace}");
        _ = int.TryParse(line.EventId, CultureInfo.InvariantCulture, out var id);
        logs.CreateLogger(line.Category).Log((LogLevel)line.Level, new EventId(id), line.Message, failure, static (text, _) => text);
    }
}
