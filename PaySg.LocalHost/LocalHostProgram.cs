using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Http;
using PaySg.LocalHost.Mailbox;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost;

/// <summary>The program: settings, storage, functions, and an orderly end.</summary>
internal sealed class LocalHostProgram(CommandLine commandLine, TextWriter output)
{
    private static readonly TimeSpan StorageLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs until the token fires.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var local = LocalSettings.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.json"));
        var settings = SettingsOf(local, EnvironmentVariables.All());
        var url = commandLine.Url ?? new Uri($"http://localhost:{local.Port ?? 7071}");
        LoopbackListener.Of(url).Dispose();
        var hostJson = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), settings);
        using var logs = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // A failed start ends in one line on stderr.
            .AddFilter("Azure", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning));

        var storage = new LocalStorage(commandLine, output);
        await using var azurite = await storage.StartAsync(settings, stop);
        if (azurite is not null)
            settings[AppSettings.Storage] = LocalStorage.ConnectionString(azurite);
        await LocalStorage.CheckAsync(settings, StorageLimit, stop);
        PassToEnvironment(settings);

        var mailbox = new MailStore(storage.DataFolder is { } folder ? Path.Combine(folder, "mailbox") : null, TimeProvider.System);
        await DemoSeed.PrepareAsync(settings, stop);
        await using var host = await LocalFunctionHost.StartAsync(
            new LocalHostOptions
            {
                FunctionClasses = LocalHostOptions.FunctionsOf(ProductServices.Functions),
                Settings = settings,
                HostJson = hostJson,
                Url = url,
                ConfigureServices = (services, configuration) => ProductServices.Configure(services, configuration, mailbox),
                LocalEndpoints = (endpoints, services) => ProductServices.MapLocalEndpoints(endpoints, services, mailbox),
                TimeScale = commandLine.TimeScale,
                LoggerFactory = logs,
                DataFolder = storage.DataFolder,
            },
            stop);
        await DemoSeed.PrintAsync(host.ServicesOf("http").GetRequiredService<IConfiguration>(), host.BaseAddress, output);
        await output.WriteLineAsync($"Listening on {host.BaseAddress.GetLeftPart(UriPartial.Authority)} (Ctrl+C stops)");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync("Stopping: what is under way may finish ...");
    }

    /// <summary>The environment and local.settings.json. The product's address is LocalHost's own, unless the environment names one.</summary>
    public static Dictionary<string, string> SettingsOf(LocalSettings local, IReadOnlyDictionary<string, string> environment)
    {
        var settings = new Dictionary<string, string>(local.Under(environment), StringComparer.OrdinalIgnoreCase)
        {
            [AppSettings.EnvironmentName] = "Development",
        };
        if (string.IsNullOrEmpty(environment.GetValueOrDefault(AppSettings.PublicBaseUrl)))
            settings.Remove(AppSettings.PublicBaseUrl);
        return settings;
    }

    /// <summary>Libraries that read the environment themselves (identities, for one) see the settings too.</summary>
    private static void PassToEnvironment(Dictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
            Environment.SetEnvironmentVariable(name, value);
    }
}
