using Azure.Storage.Queues;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Queues;

/// <summary>Listens to queues with Microsoft's own listener, the code that the Functions host runs: batches, renewal, retries, poison queues.</summary>
internal sealed class QueueListeners : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Func<ListenerFaults, IHost> build;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private (IHost Host, ListenerFaults Faults) current;
    private Task keeping = Task.CompletedTask;

    private QueueListeners(Func<ListenerFaults, IHost> build, ILogger log)
    {
        this.build = build;
        this.log = log;
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="functions">The functions, at least one.</param>
    /// <param name="invoke">Runs them.</param>
    /// <param name="queues">The section of host.json.</param>
    /// <param name="settings">The app settings, where connections and names are looked up.</param>
    /// <param name="logs">Where the log goes.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<QueueListeners> StartAsync(
        IReadOnlyList<QueueFunction> functions, IInvoke invoke, HostJsonQueues queues, IConfiguration settings, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var type = QueueTriggers.ClassFor(functions);
        var triggers = QueueTriggers.Create(
            type,
            functions.ToDictionary(function => function.Name, function => (Func<string, CancellationToken, Task>)((message, token) => invoke.RunAsync(function, message, token)), StringComparer.Ordinal));
        var listeners = new QueueListeners(
            faults => new HostBuilder()
                .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(settings))
                .ConfigureServices(services => services.AddSingleton(logs))
                .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues(options => Apply(queues, options)))
                .ConfigureServices(services => services
                    .AddSingleton<ITypeLocator>(new Types(type))
                    .AddSingleton<IJobActivator>(new Activator(triggers))
                    .AddSingleton<IWebJobsExceptionHandlerFactory>(faults))
                .Build(),
            logs.CreateLogger<QueueListeners>());
        await listeners.ListenAsync(cancellationToken);
        listeners.keeping = listeners.KeepAsync();
        return listeners;
    }

    /// <summary>Takes no more messages and waits for those that are being worked on; their tokens fire when the limit is reached.</summary>
    public async Task StopAsync(CancellationToken giveUp)
    {
        await stopping.CancelAsync();
        await keeping;
        await current.Host.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(giveUp);
        await current.Host.StopAsync(giveUp);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        current.Host.Dispose();
        stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Apply(HostJsonQueues queues, Microsoft.Azure.WebJobs.Host.QueuesOptions options)
    {
        options.BatchSize = queues.BatchSize;
        options.NewBatchThreshold = queues.EffectiveThreshold;
        options.MaxPollingInterval = queues.MaxPollingInterval;
        options.VisibilityTimeout = queues.VisibilityTimeout;
        options.MaxDequeueCount = queues.MaxDequeueCount;
        options.MessageEncoding = queues.Base64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None;
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var faults = new ListenerFaults(log);
        var host = build(faults);
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        current = (host, faults);
    }

    /// <summary>Listens anew after a fault, until it is told to stop.</summary>
    private async Task KeepAsync()
    {
        while (true)
        {
            await current.Faults.First.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
                await Task.Delay(Pause, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
            var (broken, _) = current;
            await ListenAsync(CancellationToken.None);
            await broken.StopAsync(CancellationToken.None);
            broken.Dispose();
        }
    }

    private sealed class Types(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class Activator(QueueTriggers triggers) : IJobActivator
    {
        public T CreateInstance<T>() => (T)(object)triggers;
    }
}
