using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PaySg.LocalHost.Functions;

/// <summary>
/// Calls a function as the worker does: on a thread of its own, in a fresh scope, on a fresh object that is never disposed.
/// </summary>
/// <param name="timeout">The host's functionTimeout; null is none.</param>
/// <param name="log">Where late functions are reported.</param>
internal sealed class FunctionInvoker(TimeSpan? timeout, ILogger<FunctionInvoker> log)
{
    private static readonly TimeSpan KillDelay = TimeSpan.FromSeconds(2);

    /// <summary>Calls a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="services">The services of its group.</param>
    /// <param name="argument">Gives the value of a parameter that is not a cancellation token.</param>
    /// <param name="enter">Called with the scope before the function is.</param>
    /// <param name="leave">Called with the function's result while the scope lives.</param>
    /// <param name="cancellationToken">Passed to the function.</param>
    public Task InvokeAsync(
        FunctionDefinition function,
        IServiceProvider services,
        Func<ParameterInfo, object?> argument,
        Action<IServiceProvider>? enter = null,
        Func<object?, CancellationToken, Task>? leave = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(
            async () =>
            {
                using var late = timeout is { } limit ? new CancellationTokenSource(limit, TimeProvider.System) : new CancellationTokenSource();
                using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
                var run = RunAsync(function, services, argument, enter, LeaveInTimeAsync, either.Token);
                await using var report = late.Token.Register(() => _ = ReportAsync(function.Name, run));
                await run;

                async Task LeaveInTimeAsync(object? result, CancellationToken token)
                {
                    if (late.IsCancellationRequested)
                        throw new TimeoutException($"Function {function.Name} ran longer than functionTimeout ({timeout}).");
                    if (leave is not null)
                        await leave(result, token);
                }
            },
            CancellationToken.None);

    private static async Task RunAsync(
        FunctionDefinition function,
        IServiceProvider services,
        Func<ParameterInfo, object?> argument,
        Action<IServiceProvider>? enter,
        Func<object?, CancellationToken, Task> leave,
        CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        enter?.Invoke(scope.ServiceProvider);
        var arguments = Array.ConvertAll(
            function.Method.GetParameters(),
            parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : argument(parameter));
        var instance = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Class);
        var result = function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        if (result is Task task)
        {
            await task;
            var type = function.Method.ReturnType;
            result = type.IsGenericType ? type.GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
        }

        await leave(result, cancellationToken);
    }

    private async Task ReportAsync(string name, Task run)
    {
        log.LogError("Function {Function} ran longer than functionTimeout ({Timeout}): its token is cancelled", name, timeout);
        await Task.WhenAny(run, Task.Delay(KillDelay, TimeProvider.System));
        if (!run.IsCompleted)
            log.LogError("Function {Function} did not end: Azure would now kill the worker process with all that runs in it", name);
    }
}
