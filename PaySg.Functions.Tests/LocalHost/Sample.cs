using Microsoft.Extensions.DependencyInjection;
using PaySg.LocalHost;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

/// <summary>Hosts of sample functions.</summary>
internal static class Sample
{
    /// <summary>A host.json as an app that wants quick queues and no prefix has it.</summary>
    public static HostJson HostJson { get; } = new() { RoutePrefix = "", Queues = new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100) } };

    public static LocalHostOptions Options(params Type[] functions) => new()
    {
        FunctionClasses = functions,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal),
        HostJson = HostJson,
    };

    public static LocalHostOptions With(this LocalHostOptions options, Journal journal) =>
        options with { ConfigureServices = (services, configuration) => { options.ConfigureServices(services, configuration); services.AddSingleton(journal); } };

    public static LocalHostOptions With(this LocalHostOptions options, string setting, string value) =>
        options with { Settings = new Dictionary<string, string>(options.Settings, StringComparer.Ordinal) { [setting] = value } };

    public static LocalHostOptions With(this LocalHostOptions options, ListLogger log) => options with { LoggerFactory = log.AsFactory() };

    public static Task<LocalFunctionHost> StartAsync(this LocalHostOptions options) => LocalFunctionHost.StartAsync(options);

    /// <summary>Why a host with these functions does not start.</summary>
    public static async Task<string> RefusalAsync(this LocalHostOptions options)
    {
        var refusal = await Assert.ThrowsAsync<LocalHostException>(async () => await LocalFunctionHost.StartAsync(options));
        return refusal.Message;
    }
}
