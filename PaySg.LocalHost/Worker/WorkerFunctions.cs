using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Worker.Rpc;

namespace PaySg.LocalHost.Worker;

/// <summary>
/// Runs functions in the built worker, as the Functions host does: a call goes over gRPC, and a request is forwarded to the worker's own
/// web server beside it. A worker that ends is replaced; one that cannot be replaced is the end of LocalHost.
/// </summary>
internal sealed class WorkerFunctions : IInvoke
{
    /// <summary>How long a worker may take to call in.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for a worker that is being replaced.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What a worker is given to end by itself, and a function after its time-out.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KillDelay = TimeSpan.FromSeconds(2);
    private const int MostStarts = 3;

    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly TimeSpan? timeout;
    private readonly ILogger log;
    private readonly WorkerServer server;
    private readonly WorkerForwarder forwarder;
    private readonly TaskCompletionSource<string> broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private ReadyWorker? lost;

    /// <summary>The worker, or the one that will take its place; and who fulfils that promise.</summary>
    private Task<ReadyWorker> current;
    private TaskCompletionSource<ReadyWorker> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task keeping = Task.CompletedTask;

    private WorkerFunctions(string folder, IReadOnlyDictionary<string, string> settings, TimeSpan? timeout, ILogger log, WorkerServer server, WorkerForwarder forwarder)
    {
        this.folder = folder;
        this.settings = settings;
        this.timeout = timeout;
        this.log = log;
        this.server = server;
        this.forwarder = forwarder;
        current = promise.Task;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <inheritdoc/>
    public Task<string> Broken => broken.Task;

    /// <summary>The number of the worker's process; fails while it is being replaced.</summary>
    public async Task<int> ProcessIdAsync() => (await current.WaitAsync(Patience, TimeProvider.System)).Process.Id;

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <param name="folder">The build or publish output of the app.</param>
    /// <param name="settings">The app settings.</param>
    /// <param name="timeout">The host's functionTimeout; null is none.</param>
    /// <param name="logs">Where the log goes.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LocalHostException">It does not start; the message holds what it said.</exception>
    public static async Task<WorkerFunctions> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, TimeSpan? timeout, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var functions = new WorkerFunctions(
            Path.GetFullPath(folder), settings, timeout, logs.CreateLogger("Worker"), await WorkerServer.StartAsync(logs, cancellationToken), new WorkerForwarder());
        try
        {
            var worker = await functions.StartFirstWorkerAsync().WaitAsync(cancellationToken);
            functions.Functions = worker.Functions;
            functions.promise.SetResult(worker);
            functions.keeping = functions.KeepAsync(worker);
            return functions;
        }
        catch
        {
            await functions.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task AnswerAsync(HttpFunction function, HttpContext context)
    {
        var invocationId = NewId();
        var routeValues = context.Request.RouteValues.Select(value => KeyValuePair.Create(value.Key, value.Value?.ToString() ?? ""));
        return InvokeAsync(
            function,
            async (worker, token) =>
            {
                var invocation = worker.InvokeAsync(function, invocationId, new TypedData { Http = new RpcHttp() }, routeValues, Activity.Current?.Id, token);
                await Task.WhenAll([invocation, forwarder.ForwardAsync(context, worker.HttpAddress, invocationId, invocation)]);
            },
            context.RequestAborted);
    }

    /// <inheritdoc/>
    public Task RunAsync(AppFunction function, object trigger, CancellationToken cancellationToken) =>
        InvokeAsync(
            function,
            (worker, token) => worker.InvokeAsync(
                function,
                NewId(),
                trigger is TimerInfo timer ? new TypedData { Json = JsonSerializer.Serialize(timer) } : new TypedData { String = (string)trigger },
                [],
                Activity.Current?.Id,
                token),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (current.IsCompletedSuccessfully)
        {
            using var worker = await current;
            await worker.StopAsync(StopLimit);
        }

        await server.DisposeAsync();
        forwarder.Dispose();
        stopping.Dispose();
    }

    private async Task InvokeAsync(AppFunction function, Func<ReadyWorker, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var worker = await current.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        using var late = timeout is { } limit ? new CancellationTokenSource(limit, TimeProvider.System) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var run = call(worker, either.Token);
        await using var report = late.Token.Register(() => _ = KillLateAsync(function.Name, worker, run));
        try
        {
            await run;
        }
        catch (WorkerEndedException)
        {
            // The next call waits for another worker, even if the end of this one's process was not noticed yet.
            Lose(worker);
            throw;
        }

        if (late.IsCancellationRequested)
            throw new TimeoutException($"Function {function.Name} ran longer than functionTimeout ({timeout}).");
    }

    /// <summary>Lets calls wait for another worker.</summary>
    private void Lose(ReadyWorker worker)
    {
        lock (gate)
        {
            if (lost == worker)
                return;
            lost = worker;
            promise = new TaskCompletionSource<ReadyWorker>(TaskCreationOptions.RunContinuationsAsynchronously);
            current = promise.Task;
        }

        worker.Process.Kill();
    }

    private async Task KillLateAsync(string name, ReadyWorker worker, Task run)
    {
        log.LogError("Function {Function} ran longer than functionTimeout ({Timeout}): it is cancelled", name, timeout);
        await Task.WhenAny(run, Task.Delay(KillDelay, TimeProvider.System));
        if (run.IsCompleted)
            return;
        log.LogError("Function {Function} did not end: the worker is killed with all that runs in it, as in Azure", name);
        worker.Process.Kill();
    }

    /// <summary>A worker looks for a free port and listens on it a moment later, so another process may take it in between. Any other reason is told at once.</summary>
    private async Task<ReadyWorker> StartFirstWorkerAsync()
    {
        for (var start = 1; ; start++)
        {
            try
            {
                return await StartWorkerAsync();
            }
            catch (LocalHostException exception) when (start < MostStarts && exception.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
            {
                log.LogWarning("The worker did not start ({Start} of {Most}): {Reason}", start, MostStarts, exception.Message);
            }
        }
    }

    private async Task<ReadyWorker> StartWorkerAsync()
    {
        var id = NewId();
        var called = server.Expect(id);
        var process = WorkerProcess.Start(folder, server.Address, id, settings, log);
        using var givenUp = new CancellationTokenSource();
        try
        {
            var ended = process.Ended;
            if (await Task.WhenAny([called, ended]).WaitAsync(StartLimit, TimeProvider.System) == ended)
                throw new LocalHostException(Refusal(process));
            try
            {
                return await ReadyWorker.InitialiseAsync(process, await called, folder, givenUp.Token).WaitAsync(StartLimit, TimeProvider.System);
            }
            catch (WorkerException exception)
            {
                await ended.WaitAsync(StartLimit, TimeProvider.System);
                throw new LocalHostException(Refusal(process), exception);
            }
        }
        catch (TimeoutException exception)
        {
            await givenUp.CancelAsync();
            process.Dispose();
            throw new LocalHostException($"The worker did not get ready within {StartLimit.TotalSeconds} s. {process.Errors}", exception);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>A random id: the worker shows its own to be let in.</summary>
    private static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    private static string Refusal(WorkerProcess process) =>
        process.Errors is { Length: > 0 } said ? said : $"The worker ended with code {process.ExitCode} before it was ready, and said nothing. Run it with --in-process to see why.";

    /// <summary>Replaces the worker whenever it ends.</summary>
    private async Task KeepAsync(ReadyWorker worker)
    {
        while (true)
        {
            await worker.Process.Ended.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
            log.LogError("The worker ended with code {Code}: calls under way have failed; another is started", worker.Process.ExitCode);
            Lose(worker);
            worker.Dispose();
            for (var start = 1; ; start++)
            {
                try
                {
                    worker = await StartWorkerAsync();
                    break;
                }
                catch (LocalHostException exception) when (start < MostStarts)
                {
                    log.LogError("The worker did not start ({Start} of {Most}): {Reason}", start, MostStarts, exception.Message);
                }
                catch (LocalHostException exception)
                {
                    promise.SetException(new WorkerException(exception.Message));
                    broken.SetResult($"The worker ended and could not be started again, {MostStarts} times in a row: {exception.Message}");
                    return;
                }
            }

            promise.SetResult(worker);
        }
    }
}
