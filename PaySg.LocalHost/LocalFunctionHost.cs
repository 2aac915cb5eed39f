using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Http;
using PaySg.LocalHost.Queues;
using PaySg.LocalHost.Settings;
using PaySg.LocalHost.Timers;

namespace PaySg.LocalHost;

/// <summary>
/// Runs functions in this process as the Functions host and its worker would: HTTP on Kestrel, queue triggers, timers. Several can run
/// side by side.
/// </summary>
public sealed class LocalFunctionHost : IAsyncDisposable
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private readonly LocalHostOptions options;
    private readonly LoopbackListener listener;
    private readonly ILogger log;
    private readonly Dictionary<string, FunctionGroup> groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> listeners = [];
    private readonly CancellationTokenSource stopTaking = new();
    private readonly CancellationTokenSource giveUp = new();
    private WebApplication? web;
    private Task? stopping;

    private LocalFunctionHost(LocalHostOptions options, LoopbackListener listener)
    {
        this.options = options;
        this.listener = listener;
        log = options.LoggerFactory.CreateLogger<LocalFunctionHost>();
    }

    /// <summary>Where HTTP functions answer.</summary>
    public Uri BaseAddress => listener.Address;

    /// <summary>Starts everything.</summary>
    /// <exception cref="LocalHostException">The functions, the settings or the machine are not as they must be; the message lists what.</exception>
    public static async Task<LocalFunctionHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken = default)
    {
        if (!double.IsFinite(options.TimeScale) || options.TimeScale <= 0)
            throw new LocalHostException("The time scale must be a number above 0.");
        var host = new LocalFunctionHost(options, LoopbackListener.Of(options.Url));
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services of a group: <c>http</c>, or <c>function:NAME</c> for a queue or timer function.</summary>
    public IServiceProvider ServicesOf(string group) => groups.TryGetValue(group, out var found)
        ? found.Services
        : throw new ArgumentException($"No group {group}. There are: {string.Join(", ", groups.Keys)}.", nameof(group));

    /// <summary>Takes no more requests, messages and occurrences, waits for what is under way, then frees everything.</summary>
    public Task StopAsync() => stopping ??= StopOnceAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = new AppSettings(options.Settings).WithDefault(AppSettings.PublicBaseUrl, BaseAddress.GetLeftPart(UriPartial.Authority));
        var configuration = settings.ToConfiguration();
        var problems = new List<string>();
        var functions = FunctionDiscovery.Discover(options.FunctionClasses, problems);
        var routes = HttpRouteTable.Build(functions.OfType<HttpFunction>(), options.HostJson.RoutePrefix, options.AllowedOverlaps, options.LoggerFactory, problems);
        var queues = functions.OfType<QueueFunction>().Select(function => (function, queue: QueueOf(function, settings, configuration, problems))).ToList();
        var timers = functions.OfType<TimerFunction>().Select(function => (function, schedule: ScheduleOf(function, settings, problems))).ToList();
        if (problems.Count > 0)
            throw LocalHostException.Of(problems);

        foreach (var group in functions.Select(function => function.Group).Prepend(FunctionGroup.Http).Distinct(StringComparer.OrdinalIgnoreCase))
            groups.Add(group, FunctionGroup.Build(group, ServicesFor(group, settings)));
        foreach (var group in groups.Values)
            await group.StartAsync(cancellationToken);

        var invoker = new FunctionInvoker(options.HostJson.FunctionTimeout, options.LoggerFactory.CreateLogger<FunctionInvoker>());
        var http = groups[FunctionGroup.Http].Services;
        await StartHttpAsync(new HttpFunctionHandler(routes, http, invoker, settings, options.HostJson, options.LoggerFactory), http, cancellationToken);

        var pumpSettings = QueuePumpSettings.Of(options.HostJson.Queues, options.TimeScale);
        foreach (var (function, queue) in queues.Where(queue => !settings.IsDisabled(queue.function.Name)))
        {
            var pump = new QueuePump(function, groups[function.Group].Services, queue!.Value.Storage, queue.Value.Name, pumpSettings, invoker, LogOf(function));
            Run(function, () => pump.RunAsync(stopTaking.Token, giveUp.Token));
        }

        var states = new TimerStateStore(options.DataFolder);
        foreach (var (function, schedule) in timers.Where(timer => !settings.IsDisabled(timer.function.Name)))
        {
            var runner = new TimerRunner(function, groups[function.Group].Services, schedule!, states, invoker, options.TimerClock, LogOf(function));
            Run(function, () => runner.RunAsync(stopTaking.Token));
        }
    }

    private void Run(FunctionDefinition function, Func<Task> listen) =>
        listeners.Add(Task.Run(
            async () =>
            {
                try
                {
                    await listen();
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    log.LogCritical(exception, "The listener of function {Function} ended", function.Name);
                }
            },
            CancellationToken.None));

    private ILogger LogOf(FunctionDefinition function) => options.LoggerFactory.CreateLogger($"Function.{function.Name}");

    private static (QueueServiceClient Storage, string Name)? QueueOf(QueueFunction function, AppSettings settings, IConfiguration configuration, List<string> problems)
    {
        var what = $"Function {function.Name}";
        var storage = QueueConnection.Find(configuration, function.Connection, what, problems);
        if (settings.Resolve(function.QueueName, what, problems) is not { } resolved)
            return null;
#pragma warning disable CA1308 // Storage wants lower case, and the host lowers it.
        var name = resolved.ToLowerInvariant();
#pragma warning restore CA1308
        if (!QueueNames.IsValid(name))
        {
            problems.Add($"{what}: \"{resolved}\" is not a queue's name: 3 to 63 letters, digits and single dashes.");
            return null;
        }

        return storage is null ? null : (storage, name);
    }

    private static TimerSchedule? ScheduleOf(TimerFunction function, AppSettings settings, List<string> problems)
    {
        var what = $"Function {function.Name}";
        return settings.Resolve(function.Schedule, what, problems) is { } expression ? TimerSchedule.Parse(expression, what, problems) : null;
    }

    private ServiceCollection ServicesFor(string group, AppSettings settings)
    {
        var services = new ServiceCollection();

        // Each group reads its own copy, as each process does in Azure.
        var configuration = settings.ToConfiguration();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment
        {
            EnvironmentName = settings[AppSettings.EnvironmentName] ?? Environments.Production,
            ApplicationName = "PaySg.Functions",
            ContentRootPath = AppContext.BaseDirectory,
            ContentRootFileProvider = new NullFileProvider(),
        });
        services.AddSingleton(options.LoggerFactory);
        services.AddLogging();
        services.AddOptions();
        if (options.TimeScale is not 1)
            services.AddSingleton<HttpPipelinePolicy>(new ScaledVisibilityPolicy(options.TimeScale));
        try
        {
            options.ConfigureServices(services, configuration);
            options.Override?.Invoke(group, services);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new LocalHostException($"Services of group {group}: {exception.Message}", exception);
        }

        return services;
    }

    private async Task StartHttpAsync(HttpFunctionHandler handler, IServiceProvider http, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopLimit);
        builder.WebHost.UseKestrelCore();
        listener.Apply(builder.Services);
        web = builder.Build();
        if (options.LocalEndpoints is { } local)
        {
            web.UseRouting();
            local(web, http);
#pragma warning disable ASP0014 // The endpoints must run here, before the functions, not at the end of the pipeline.
            web.UseEndpoints(static _ => { });
#pragma warning restore ASP0014
        }

        web.Run(handler.HandleAsync);
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (LoopbackListener.IsPortTaken(exception))
        {
            throw listener.PortTaken(exception);
        }
    }

    private async Task StopOnceAsync()
    {
        await stopTaking.CancelAsync();
        giveUp.CancelAfter(options.StopLimit);
        if (web is not null)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token);
            await web.StopAsync(limit.Token);
        }

        var ended = Task.WhenAll(listeners);
        await ended.WaitAsync(giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
        {
            log.LogError("Functions were still running after {Limit}: their tokens are cancelled", options.StopLimit);
            await ended.WaitAsync(LastMoment, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var group in groups.Values)
        {
            await group.StopAsync(log, giveUp.Token);
            await group.DisposeAsync();
        }

        if (web is not null)
            await web.DisposeAsync();
        listener.Dispose();
    }
}
