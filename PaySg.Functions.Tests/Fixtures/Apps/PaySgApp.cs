using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Operations.Contract;
using PaySg.LocalHost;
using PaySg.LocalHost.Demo;
using PaySg.LocalHost.Mailbox;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The whole product in this process, on an empty storage account and free ports, with the demo owners.</summary>
public sealed class PaySgApp : IAsyncDisposable
{
    /// <summary>A message whose function failed is tried again at once, not after half a minute: for tests of what a second try does.</summary>
    public static readonly IReadOnlyDictionary<string, string> FailedMessagesAtOnce =
        new Dictionary<string, string> { ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:00" };

    /// <summary>Nothing is done because it is due, only because a test does it: for tests of what is seen before that.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoSweeper = new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    private readonly LocalFunctionHost host;

    private readonly ServiceProvider beside;

    private PaySgApp(LocalFunctionHost host, ServiceProvider beside, string connection, StorageTraffic httpTraffic, StorageTraffic backgroundTraffic, LogLines log)
    {
        this.host = host;
        this.beside = beside;
        Connection = connection;
        HttpTraffic = httpTraffic;
        BackgroundTraffic = backgroundTraffic;
        Log = log;
        Client = new ApiClient(host.BaseAddress);
        Singapay = new SingapayClient(host.BaseAddress);
    }

    /// <summary>The storage account.</summary>
    public string Connection { get; }

    /// <summary>What the HTTP functions send to storage.</summary>
    public StorageTraffic HttpTraffic { get; }

    /// <summary>What the queue and timer functions send to storage.</summary>
    public StorageTraffic BackgroundTraffic { get; }

    /// <summary>What was logged.</summary>
    public LogLines Log { get; }

    public ApiClient Client { get; }

    /// <summary>Calls the Singapay API as the demo account.</summary>
    public SingapayClient Singapay { get; }

    public Uri BaseAddress => host.BaseAddress;

    /// <summary>The services of the HTTP functions.</summary>
    public IServiceProvider Services => host.ServicesOf("http");

    /// <summary>Starts the product.</summary>
    /// <param name="connection">The storage account; null: an empty one.</param>
    /// <param name="settings">Settings besides those of local.settings.json.</param>
    /// <param name="services">Changes to the services of a group (its name comes first).</param>
    /// <param name="timeScale">What delays of queue messages are divided by.</param>
    public static async Task<PaySgApp> StartAsync(
        string? connection = null,
        IReadOnlyDictionary<string, string>? settings = null,
        Action<string, IServiceCollection>? services = null,
        double timeScale = 1)
    {
        connection ??= await TestAzurite.NewAccountAsync();
        var all = new Dictionary<string, string>(SettingsFor(connection), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            all[name] = value;
        await DemoSeed.PrepareAsync(all, CancellationToken.None);

        var http = new StorageTraffic(RowLedger.Of(connection));
        var background = new StorageTraffic(http.Rows);
        var log = new LogLines();
        var made = ProductServices.Build(all);
        var mailbox = new MailStore(folder: null, TimeProvider.System);
        var started = await LocalFunctionHost.StartAsync(new LocalHostOptions
        {
            FunctionClasses = LocalHostOptions.FunctionsOf(ProductServices.Functions),
            Settings = all,
            HostJson = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), all),
            ConfigureServices = (collection, configuration) => ProductServices.Configure(collection, configuration, mailbox),
            LocalEndpoints = endpoints => ProductServices.MapLocalEndpoints(endpoints, made, mailbox),
            Override = (group, collection) =>
            {
                collection.Replace(ServiceDescriptor.Singleton<HttpPipelineTransport>(group == "http" ? http : background));

                // Written on command, so that requests can be counted.
                collection.Replace(ServiceDescriptor.Singleton(KeyActivityPeriod.Never));
                services?.Invoke(group, collection);
            },
            TimeScale = timeScale,
            LoggerFactory = LoggerFactory.Create(logging => logging.AddProvider(log).AddFilter("Azure", LogLevel.Warning)),
        });
        return new PaySgApp(started, made, connection, http, background, log);
    }

    /// <summary>The settings of local.settings.json, for a storage account.</summary>
    public static IDictionary<string, string> SettingsFor(string connection)
    {
        var local = LocalSettings.Read(Path.Combine(AppContext.BaseDirectory, "local.settings.json"));
        var settings = new Dictionary<string, string>(local.Under(new Dictionary<string, string>()), StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsStorage"] = connection,
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
        };
        settings.Remove("PaySg__PublicBaseUrl");
        return settings;
    }

    /// <summary>Stops the product, and fails the test where a query would have made Azure scan, Azure would have refused a row, or a call was refused with a code that the API's document does not name.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Singapay.Dispose();
        await host.DisposeAsync();
        await beside.DisposeAsync();
        IReadOnlyList<string> faults = [.. HttpTraffic.Violations.Union(BackgroundTraffic.Violations), .. SeenCalls.NoteRefusals(Log)];
        StoppedProducts.Note(faults);
        Assert.Empty(faults);
    }
}
