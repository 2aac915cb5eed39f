using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Storage;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The product's parts without a host, on an empty storage account.</summary>
public sealed class PaySgParts : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private PaySgParts(ServiceProvider services, SkippingClock clock, StorageTraffic traffic, LogLines log)
    {
        this.services = services;
        Clock = clock;
        Traffic = traffic;
        Log = log;
    }

    public SkippingClock Clock { get; }

    public StorageTraffic Traffic { get; }

    public LogLines Log { get; }

    internal PaySgTables Tables => Get<PaySgTables>();

    public static async Task<PaySgParts> StartAsync() => await OnAsync(await TestAzurite.NewAccountAsync());

    /// <summary>The same on an account that somebody else has made.</summary>
    public static Task<PaySgParts> OnAsync(string connection) => EmptyAsync(Build(connection));

    /// <summary>The same, with the account in this process: nothing is started.</summary>
    public static Task<PaySgParts> InMemoryAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        EmptyAsync(Build(StorageInMemory.Connection, storage: new StorageInMemory().Transport, settings: settings));

    private static async Task<PaySgParts> EmptyAsync(PaySgParts parts)
    {
        await parts.Tables.CreateMissingAsync(CancellationToken.None);
        await parts.Get<PaySgQueues>().CreateMissingAsync(CancellationToken.None);
        parts.Traffic.Forget();
        return parts;
    }

    /// <summary>The parts, with nothing sent to storage.</summary>
    public static PaySgParts Build(
        string connection, Action<IServiceCollection>? change = null, HttpPipelineTransport? storage = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(PaySgApp.SettingsFor(connection), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            all[name] = value;
        var configuration = new AppSettings(all)
            .WithDefault(AppSettings.PublicBaseUrl, "https://pay.agency.gov.sg").ToConfiguration();
        var clock = new SkippingClock();
        var traffic = new StorageTraffic(storage: storage);
        var log = new LogLines();
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(KeyActivityPeriod.Never)
            .AddSingleton<HttpPipelineTransport>(traffic)
            .AddPaySg(configuration);
        change?.Invoke(collection);
        return new PaySgParts(collection.BuildServiceProvider(), clock, traffic, log);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public T Make<T>(Type type) => (T)ActivatorUtilities.CreateInstance(services, type);

    /// <summary>A payment service that exists.</summary>
    internal async Task<PaymentService> PaymentServiceAsync()
    {
        var service = await Get<PaymentServiceStore>().PrepareAsync("Agency", id: null, CancellationToken.None);
        await Get<PaymentServiceStore>().SaveAsync(service, CancellationToken.None);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Assert.Empty(Traffic.Violations);
    }
}
