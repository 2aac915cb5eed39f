using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost;

/// <summary>What a <see cref="LocalFunctionHost"/> runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The classes that hold the functions; <see cref="FunctionsOf"/> finds those of an assembly.</summary>
    public required IReadOnlyList<Type> FunctionClasses { get; init; }

    /// <summary>The app settings, named as environment variables are (<c>A__B</c>). The functions see these and no others.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The app's host.json.</summary>
    public HostJson HostJson { get; init; } = HostJson.Default;

    /// <summary>Where to listen: <c>http</c> on localhost, 127.0.0.1 or [::1]. Port 0 takes a free one.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Registers the product's services; runs once for each function group.</summary>
    public Action<IServiceCollection, IConfiguration> ConfigureServices { get; init; } = static (_, _) => { };

    /// <summary>Changes the services of a group (its name comes first) after <see cref="ConfigureServices"/>.</summary>
    public Action<string, IServiceCollection>? Override { get; init; }

    /// <summary>Divides the invisibility of queue messages and the delays of messages that the product sends.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Paths of LocalHost's own, answered before the functions and never by them. The services are those of the HTTP functions.</summary>
    public Action<IEndpointRouteBuilder, IServiceProvider>? LocalEndpoints { get; init; }

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
