using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.LocalHost.InProcess;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost;

/// <summary>What a <see cref="LocalFunctionHost"/> runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The build or publish output of an app whose worker runs the functions; null runs <see cref="FunctionClasses"/> in this process.</summary>
    public string? WorkerFolder { get; init; }

    /// <summary>In this process: the classes that hold the functions; <see cref="FunctionsOf"/> finds those of an assembly.</summary>
    public IReadOnlyList<Type> FunctionClasses { get; init; } = [];

    /// <summary>The app settings, named as environment variables are (<c>A__B</c>). The functions see these and no others.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The app's host.json.</summary>
    public HostJson HostJson { get; init; } = HostJson.Default;

    /// <summary>Where to listen: <c>http</c> on localhost, 127.0.0.1 or [::1]. Port 0 takes a free one.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>In this process: registers the product's services; runs once for each function group.</summary>
    public Action<IServiceCollection, IConfiguration> ConfigureServices { get; init; } = static (_, _) => { };

    /// <summary>In this process: changes the services of a group (its name comes first) after <see cref="ConfigureServices"/>.</summary>
    public Action<string, IServiceCollection>? Override { get; init; }

    /// <summary>In this process: divides the delays of queue messages that the product sends.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Paths of LocalHost's own, answered before the functions and never by them.</summary>
    public Action<IEndpointRouteBuilder>? LocalEndpoints { get; init; }

    /// <summary>Where the log goes.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock that timer functions run by.</summary>
    public TimeProvider TimerClock { get; init; } = TimeProvider.System;

    /// <summary>The folder for what must survive a restart (the state of timers); null keeps it in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Pairs of HTTP functions whose templates may overlap, because it does not matter which of them answers.</summary>
    public IReadOnlyCollection<(string First, string Second)> AllowedOverlaps { get; init; } = [];

    /// <summary>How long a stop waits for requests, messages and timers that are being worked on.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>All classes of an assembly that hold a function, wrongly declared ones included: the start refuses those with the reason.</summary>
    public static IReadOnlyList<Type> FunctionsOf(Assembly assembly) => FunctionDiscovery.ClassesOf(assembly);
}
