using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Platform.Storage;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Http;
using PaySg.LocalHost.InProcess;
using PaySg.LocalHost.Queues;
using PaySg.LocalHost.Settings;
using PaySg.LocalHost.Timers;
using PaySg.LocalHost.Worker;

namespace PaySg.LocalHost;

/// <summary>
/// Does what the Functions host does around functions: HTTP on Kestrel, queue triggers, timers. The functions run in the built worker or in
/// this process. Several hosts can run side by side.
/// </summary>
public sealed class LocalFunctionHost : IAsyncDisposable
{
    private readonly LocalHostOptions options;
    private readonly LoopbackListener listener;
    private readonly ILogger log;
    private readonly List<Task> timers = [];
    private readonly CancellationTokenSource stopTaking = new();
    private readonly CancellationTokenSource giveUp = new();
    private IInvoke? invoke;
    private QueueListeners? queues;
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

    /// <summary>Ends, with the reason, when functions can be run no more.</summary>
    public Task<string> Broken => invoke!.Broken;

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

    /// <summary>In this process: the services of a group, <c>http</c>, or <c>function:NAME</c> for a queue or timer function.</summary>
    public IServiceProvider ServicesOf(string group) => ((InProcessFunctions)invoke!).ServicesOf(group);

    /// <summary>In the worker: the number of its process.</summary>
    internal Task<int> WorkerProcessIdAsync() => ((WorkerFunctions)invoke!).ProcessIdAsync();

    /// <summary>Takes no more requests, messages and occurrences, waits for what is under way, then frees everything.</summary>
    public Task StopAsync() => stopping ??= StopOnceAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = new AppSettings(options.Settings).WithDefault(AppSettings.PublicBaseUrl, BaseAddress.GetLeftPart(UriPartial.Authority));
        var configuration = settings.ToConfiguration();
        var problems = new List<string>();
        if (options.WorkerFolder is { } folder)
            invoke = await WorkerFunctions.StartAsync(folder, settings.Values, options.HostJson.FunctionTimeout, options.LoggerFactory, cancellationToken);
        var functions = invoke?.Functions ?? FunctionDiscovery.Discover(options.FunctionClasses, problems);
        FunctionRules.Check(functions, problems);
        var routes = HttpRouteTable.Build(functions.OfType<HttpFunction>(), options.HostJson.RoutePrefix, options.AllowedOverlaps, options.LoggerFactory, problems);
        foreach (var function in functions.OfType<QueueFunction>())
            CheckQueue(function, settings, configuration, problems);
        var schedules = functions.OfType<TimerFunction>().Select(function => (function, schedule: ScheduleOf(function, settings, problems))).ToList();
        if (problems.Count > 0)
            throw LocalHostException.Of(problems);

        invoke ??= await InProcessFunctions.StartAsync(
            functions, group => ServicesFor(group, settings), options.HostJson.FunctionTimeout, options.LoggerFactory.CreateLogger<InProcessFunctions>(), cancellationToken);
        await StartHttpAsync(new HttpFunctionHandler(routes, invoke, settings, options.HostJson, options.LoggerFactory), cancellationToken);
        var listening = functions.OfType<QueueFunction>().Where(function => !settings.IsDisabled(function.Name)).ToList();
        if (listening.Count > 0)
            queues = await QueueListeners.StartAsync(listening, invoke, options.HostJson.Queues, configuration, options.LoggerFactory, cancellationToken);

        var states = new TimerStateStore(options.DataFolder);
        foreach (var (function, schedule) in schedules.Where(timer => !settings.IsDisabled(timer.function.Name)))
        {
            var runner = new TimerRunner(function, schedule!, states, invoke, options.TimerClock, options.LoggerFactory.CreateLogger($"Function.{function.Name}"));
            timers.Add(Task.Run(() => runner.RunAsync(stopTaking.Token), CancellationToken.None));
        }
    }

    private static void CheckQueue(QueueFunction function, AppSettings settings, IConfiguration configuration, List<string> problems)
    {
        var what = $"Function {function.Name}";
        QueueConnection.Find(configuration, function.Connection, what, problems);
        if (settings.Resolve(function.QueueName, what, problems) is { } name && !QueueConnection.IsQueueName(name))
            problems.Add($"{what}: \"{name}\" is not a queue's name: 3 to 63 letters, digits and single dashes.");
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
        {
            services.AddSingleton<HttpPipelinePolicy>(new ScaledVisibilityPolicy(options.TimeScale));
            services.AddSingleton(new QueueDelay(IsShortened: true));
        }

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

    private async Task StartHttpAsync(HttpFunctionHandler handler, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopLimit);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = HttpFunctionHandler.LargestBody);
        listener.Apply(builder.Services);
        web = builder.Build();
        web.Use(HostNameGuard.RunAsync);
        if (options.LocalEndpoints is { } local)
        {
            web.UseRouting();
            local(web);
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
        var ended = Task.WhenAll([.. timers, web?.StopAsync(giveUp.Token) ?? Task.CompletedTask, queues?.StopAsync(giveUp.Token) ?? Task.CompletedTask]);
        await ended.WaitAsync(giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
            log.LogError("Functions were still running after {Limit}: they are given up", options.StopLimit);
        if (queues is not null)
            await queues.DisposeAsync();
        if (invoke is not null)
            await invoke.DisposeAsync();
        if (web is not null)
            await web.DisposeAsync();
        listener.Dispose();
    }
}
