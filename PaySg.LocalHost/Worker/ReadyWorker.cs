using System.Net.Sockets;
using Google.Protobuf.Collections;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Worker.Rpc;

namespace PaySg.LocalHost.Worker;

/// <summary>A worker that is ready: its process, its channel, its functions and the address where it answers HTTP.</summary>
internal sealed class ReadyWorker(WorkerProcess process, WorkerChannel channel, Uri httpAddress, IReadOnlyList<AppFunction> functions, IReadOnlyDictionary<string, string> ids) : IDisposable
{
    /// <summary>The process.</summary>
    public WorkerProcess Process => process;

    /// <summary>Where requests are forwarded to.</summary>
    public Uri HttpAddress => httpAddress;

    /// <summary>All functions, by name.</summary>
    public IReadOnlyList<AppFunction> Functions => functions;

    /// <summary>Initialises a worker that called in, asks it for its functions and has it load them, as the Functions host does.</summary>
    /// <exception cref="LocalHostException">It does not speak the protocol, or its functions cannot be run; the message says why.</exception>
    public static async Task<ReadyWorker> InitialiseAsync(WorkerProcess process, WorkerChannel channel, string folder, CancellationToken givenUp)
    {
        var hello = await channel.AskAsync(new StreamingMessage { WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = folder, FunctionAppDirectory = folder } });
        Require(hello.WorkerInitResponse?.Result, "does not start");
        if (!hello.WorkerInitResponse!.Capabilities.TryGetValue("HttpUri", out var address) || !Uri.TryCreate(address, UriKind.Absolute, out var http))
            throw new LocalHostException("The worker names no address for HTTP: it was built without ConfigureFunctionsWebApplication.");

        var told = await channel.AskAsync(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } });
        Require(told.FunctionMetadataResponse?.Result, "does not name its functions");
        var problems = new List<string>();
        var found = told.FunctionMetadataResponse!.FunctionMetadataResults;
        var definitions = found.Select(function => FunctionMetadata.Read(function.Name, function.RawBindings, problems)).OfType<AppFunction>().ToList();
        if (problems.Count > 0)
            throw LocalHostException.Of(problems);
        var loaded = await Task.WhenAll([.. found.Select(function => LoadAsync(channel, function))]);
        var failed = loaded.OfType<string>().ToList();
        if (failed.Count > 0)
            throw LocalHostException.Of(failed);
        await ListensAsync(http, process.Ended, givenUp);
        return new ReadyWorker(process, channel, http, [.. definitions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)], Ids(found));
    }

    /// <summary>Runs a function. The token asks the worker to cancel it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="invocationId">Joins the call with the request that is forwarded for it.</param>
    /// <param name="trigger">What the trigger's parameter is given.</param>
    /// <param name="routeValues">What other parameters are given.</param>
    /// <param name="traceParent">The trace to go on with; null begins none.</param>
    /// <param name="cancellationToken">Fires to cancel.</param>
    /// <exception cref="WorkerException">The function failed, or the worker ended.</exception>
    public async Task InvokeAsync(AppFunction function, string invocationId, TypedData trigger, IEnumerable<KeyValuePair<string, string>> routeValues, string? traceParent, CancellationToken cancellationToken)
    {
        var request = new InvocationRequest { InvocationId = invocationId, FunctionId = ids[function.Name], TraceContext = new RpcTraceContext { TraceParent = traceParent ?? "" } };
        request.InputData.Add(new ParameterBinding { Name = function.TriggerParameter, Data = trigger });
        foreach (var (name, value) in routeValues)
            request.TriggerMetadata[name] = new TypedData { String = value };
        var asked = channel.AskAsync(new StreamingMessage { InvocationRequest = request });
        await using var cancel = cancellationToken.Register(() => channel.Tell(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocationId } }));
        var answer = await asked;
        var result = answer.InvocationResponse?.Result;
        if (result?.Status != StatusResult.Types.Status.Success)
            throw new WorkerException($"{result?.Exception?.Message ?? result?.Status.ToString() ?? "no result"}{Environment.NewLine}{result?.Exception?.StackTrace}");
    }

    /// <summary>Asks it to end and gives it the time that the Functions host gives.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        channel.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });
        await process.Ended.WaitAsync(patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Kill();
        await process.Ended;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        channel.Close();
        process.Dispose();
    }

    private static async Task<string?> LoadAsync(WorkerChannel channel, RpcFunctionMetadata function)
    {
        var answer = await channel.AskAsync(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        var result = answer.FunctionLoadResponse?.Result;
        return result?.Status == StatusResult.Types.Status.Success ? null : $"Function {function.Name}: the worker does not load it: {result?.Exception?.Message ?? "no reason given"}";
    }

    /// <summary>Waits until the worker's web server listens: it names its address before it does. The Functions host tries a first request again instead.</summary>
    private static async Task ListensAsync(Uri address, Task ended, CancellationToken givenUp)
    {
        while (!ended.IsCompleted)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, givenUp);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, givenUp);
            }
        }

        throw new WorkerEndedException("The worker ended before it listened.");
    }

    private static Dictionary<string, string> Ids(RepeatedField<RpcFunctionMetadata> found) => found.ToDictionary(function => function.Name, function => function.FunctionId, StringComparer.OrdinalIgnoreCase);

    private static void Require(StatusResult? result, string what)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
            throw new LocalHostException($"The worker {what}: {result?.Exception?.Message ?? "it did not answer as the protocol asks"}");
    }
}
