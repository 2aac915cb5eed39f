using System.Reflection;
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
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // Nothing that is protected has to outlive this process.
            .AddFilter("Azure", LogLevel.Error) // Answers such as 404 for a queue that nobody needed yet are warnings to the clients.
            .AddFilter("Host", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning));

        var storage = new LocalStorage(commandLine, output);
        await using var azurite = await storage.StartAsync(settings, stop);
        if (azurite is not null)
            settings[AppSettings.Storage] = LocalStorage.ConnectionString(azurite);
        await LocalStorage.CheckAsync(settings, StorageLimit, stop);
        PassToEnvironment(settings);

        var mailbox = new MailStore(storage.DataFolder is { } folder ? Path.Combine(folder, "mailbox") : null, TimeProvider.System);
        await DemoSeed.PrepareAsync(settings, stop);
        await using var product = ProductServices.Build(settings);
        await using var relay = commandLine.InProcess ? null : SmtpMailbox.StartIn(settings, mailbox);
        await using var host = await LocalFunctionHost.StartAsync(
            new LocalHostOptions
            {
                WorkerFolder = commandLine.InProcess ? null : commandLine.WorkerFolder ?? WorkerFolder(),
                FunctionClasses = LocalHostOptions.FunctionsOf(ProductServices.Functions),
                Settings = settings,
                HostJson = hostJson,
                Url = url,
                ConfigureServices = (services, configuration) => ProductServices.Configure(services, configuration, mailbox),
                LocalEndpoints = endpoints =>
                {
                    ProductServices.MapLocalEndpoints(endpoints, product, mailbox);
                    ProductServices.MapStartPage(endpoints, product);
                },
                TimeScale = commandLine.TimeScale,
                LoggerFactory = logs,
                DataFolder = storage.DataFolder,
            },
            stop);
        await DemoSeed.PrintAsync(product, host.BaseAddress, output, stop);
        await output.WriteLineAsync($"Listening on {host.BaseAddress.GetLeftPart(UriPartial.Authority)} (Ctrl+C stops)");
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        if (await Task.WhenAny(stopped, host.Broken) != stopped)
            throw new LocalHostException(await host.Broken);
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

    /// <summary>Where the build that made LocalHost put the worker.</summary>
    public static string WorkerFolder() =>
        Path.GetFullPath(typeof(LocalHostProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => string.Equals(each.Key, nameof(WorkerFolder), StringComparison.Ordinal)).Value!, AppContext.BaseDirectory);

    /// <summary>Libraries that read the environment themselves (identities, for one) see the settings too.</summary>
    private static void PassToEnvironment(Dictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
            Environment.SetEnvironmentVariable(name, value);
    }
}
