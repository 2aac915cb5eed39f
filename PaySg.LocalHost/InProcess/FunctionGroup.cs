using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.InProcess;

/// <summary>
/// The services of functions that share a process in Azure: all HTTP functions together, each queue function and each timer function alone.
/// </summary>
internal sealed class FunctionGroup : IAsyncDisposable
{
    /// <summary>The group of all HTTP functions.</summary>
    public const string Http = "http";

    private readonly ServiceProvider services;
    private readonly List<IHostedService> started = [];

    private FunctionGroup(string name, ServiceProvider services)
    {
        Name = name;
        this.services = services;
    }

    /// <summary>The group's name, as Flex Consumption has it.</summary>
    public string Name { get; }

    /// <summary>The group's services.</summary>
    public IServiceProvider Services => services;

    /// <summary>The group of a function.</summary>
    public static string Of(AppFunction function) => function is HttpFunction ? Http : $"function:{function.Name}";

    /// <summary>Builds the services of a group, strictly: a singleton must not hold what is scoped, and nothing may be missing.</summary>
    public static FunctionGroup Build(string name, IServiceCollection collection)
    {
        try
        {
            return new FunctionGroup(name, collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
        }
        catch (AggregateException exception)
        {
            throw LocalHostException.Of([.. exception.InnerExceptions.Select(inner => $"Services of group {name}: {inner.Message}")]);
        }
    }

    /// <summary>Does what the generic host does when the worker starts: validates options and starts hosted services.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException exception)
        {
            throw LocalHostException.Of([.. exception.Failures]);
        }

        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(cancellationToken);
            started.Add(hosted);
        }
    }

    /// <summary>Stops what <see cref="StartAsync"/> started, the last first.</summary>
    public async Task StopAsync(ILogger log, CancellationToken cancellationToken)
    {
        foreach (var hosted in Enumerable.Reverse(started))
        {
            try
            {
                await hosted.StopAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                log.LogError(exception, "Hosted service {Service} of group {Group} failed to stop", hosted.GetType().Name, Name);
            }
        }

        started.Clear();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();
}
