using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.InProcess;

/// <summary>
/// Calls functions in this process as the worker does in its own: each on a thread of its own, in a fresh scope, on a fresh object that is
/// never disposed. Functions that do not share a process in Azure have containers of their own.
/// </summary>
internal sealed class InProcessFunctions : IInvoke
{
    private static readonly TimeSpan KillDelay = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, FunctionGroup> groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeSpan? timeout;
    private readonly ILogger log;

    private InProcessFunctions(IReadOnlyList<AppFunction> functions, TimeSpan? timeout, ILogger log)
    {
        Functions = functions;
        this.timeout = timeout;
        this.log = log;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AppFunction> Functions { get; }

    /// <inheritdoc/>
    public Task<string> Broken { get; } = new TaskCompletionSource<string>().Task;

    /// <summary>Builds and starts the services of each group.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="services">The services of a group, by its name.</param>
    /// <param name="timeout">The host's functionTimeout; null is none.</param>
    /// <param name="log">Where late functions are reported.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<InProcessFunctions> StartAsync(
        IReadOnlyList<AppFunction> functions, Func<string, IServiceCollection> services, TimeSpan? timeout, ILogger log, CancellationToken cancellationToken)
    {
        var invoke = new InProcessFunctions(functions, timeout, log);
        try
        {
            foreach (var group in functions.Select(FunctionGroup.Of).Prepend(FunctionGroup.Http).Distinct(StringComparer.OrdinalIgnoreCase))
                invoke.groups.Add(group, FunctionGroup.Build(group, services(group)));
            foreach (var group in invoke.groups.Values)
                await group.StartAsync(cancellationToken);
            return invoke;
        }
        catch
        {
            await invoke.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services of a group.</summary>
    public IServiceProvider ServicesOf(string group) => groups.TryGetValue(group, out var found)
        ? found.Services
        : throw new ArgumentException($"No group {group}. There are: {string.Join(", ", groups.Keys)}.", nameof(group));

    /// <inheritdoc/>
    public async Task AnswerAsync(HttpFunction function, HttpContext context)
    {
        var own = context.RequestServices;
        try
        {
            await InvokeAsync(
                function,
                parameter => string.Equals(parameter.Name, function.TriggerParameter, StringComparison.Ordinal) ? context.Request : context.Request.RouteValues[parameter.Name!]?.ToString(),
                scope => Enter(context, scope),
                result => result is IResult answer ? answer.ExecuteAsync(context) : Task.CompletedTask,
                context.RequestAborted);
        }
        finally
        {
            context.RequestServices = own;
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(AppFunction function, object trigger, CancellationToken cancellationToken) =>
        InvokeAsync(function, _ => trigger, static _ => { }, static _ => Task.CompletedTask, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var group in groups.Values)
        {
            await group.StopAsync(log, CancellationToken.None);
            await group.DisposeAsync();
        }
    }

    /// <summary>In Azure the request is served from the functions' own container.</summary>
    private static void Enter(HttpContext context, IServiceProvider scope)
    {
        context.RequestServices = scope;
        if (scope.GetService<IHttpContextAccessor>() is { } accessor)
            accessor.HttpContext = context;
    }

    private Task InvokeAsync(AppFunction function, Func<ParameterInfo, object?> argument, Action<IServiceProvider> enter, Func<object?, Task> leave, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                using var late = timeout is { } limit ? new CancellationTokenSource(limit, TimeProvider.System) : new CancellationTokenSource();
                using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
                var run = CallAsync(function, argument, enter, LeaveInTimeAsync, either.Token);
                await using var report = late.Token.Register(() => _ = ReportAsync(function.Name, run));
                await run;

                Task LeaveInTimeAsync(object? result) => late.IsCancellationRequested
                    ? throw new TimeoutException($"Function {function.Name} ran longer than functionTimeout ({timeout}).")
                    : leave(result);
            },
            CancellationToken.None);

    private async Task CallAsync(AppFunction function, Func<ParameterInfo, object?> argument, Action<IServiceProvider> enter, Func<object?, Task> leave, CancellationToken cancellationToken)
    {
        var method = function.Method!;
        await using var scope = groups[FunctionGroup.Of(function)].Services.CreateAsyncScope();
        enter(scope.ServiceProvider);
        var arguments = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : argument(parameter));
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        var result = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        if (result is Task task)
        {
            await task;
            result = method.ReturnType.IsGenericType ? method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
        }

        await leave(result);
    }

    private async Task ReportAsync(string name, Task run)
    {
        log.LogError("Function {Function} ran longer than functionTimeout ({Timeout}): its token is cancelled", name, timeout);
        await Task.WhenAny(run, Task.Delay(KillDelay, TimeProvider.System));
        if (!run.IsCompleted)
            log.LogError("Function {Function} did not end: Azure would now kill the worker process with all that runs in it", name);
    }
}
