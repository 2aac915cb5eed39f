using Azure;
using PaySg.LocalHost.Azurite;
using PaySg.LocalHost.Queues;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost;

/// <summary>Sees to it that the storage which the settings name is there.</summary>
internal sealed class LocalStorage(CommandLine commandLine, TextWriter output)
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    /// <summary>The folder of the data, null if they are in memory.</summary>
    public string? DataFolder { get; } = commandLine.InMemory ? null : commandLine.DataFolder ?? Path.Combine(RepositoryRoot.Find(), ".azurite");

    /// <summary>Asks the storage for its queues.</summary>
    /// <exception cref="LocalHostException">It does not answer.</exception>
    public static async Task CheckAsync(IReadOnlyDictionary<string, string> settings, TimeSpan limit, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var configuration = new AppSettings(settings).ToConfiguration();
        if (QueueConnection.Find(configuration, connection: null, "Storage", problems, options => options.Retry.MaxRetries = 1) is not { } storage)
            throw LocalHostException.Of(problems);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            await storage.GetPropertiesAsync(patience.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException or Azure.Identity.AuthenticationFailedException
            && !cancellationToken.IsCancellationRequested)
        {
            var reason = exception is OperationCanceledException ? $"no answer within {limit.TotalSeconds} s"
                : exception is RequestFailedException { Status: 400, ErrorCode: "InvalidHeaderValue" } ? "this Azurite does not know the version of the storage API that the clients ask for. Start it with --skipApiVersionCheck, or stop it: LocalHost starts one of its own"
                : (exception as AggregateException)?.InnerException?.Message ?? exception.Message;
            throw new LocalHostException($"The storage at {storage.Uri} cannot be used: {reason.Split('\n')[0].Trim()}", exception);
        }
    }

    /// <summary>Starts Azurite where the settings ask for development storage; null where they name another.</summary>
    public async Task<AzuriteServer?> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        if (commandLine.InMemory)
        {
            await output.WriteLineAsync("Storage: Azurite in memory; the data end with it.");
            return await AzuriteServer.StartAsync(new AzuriteOptions(), Tell, cancellationToken);
        }

        var connection = settings.GetValueOrDefault(AppSettings.Storage)?.Trim().TrimEnd(';');
        if (!string.Equals(connection, DevelopmentStorage, StringComparison.OrdinalIgnoreCase))
            return null;

        // A folder that was asked for must not give way to whatever Azurite happens to listen on the default ports.
        var ports = commandLine.DataFolder is not null && await AzuriteProbe.FirstTakenAsync(AzuritePorts.Default, cancellationToken) is not null
            ? null
            : AzuritePorts.Default;
        var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { DataFolder = DataFolder, Ports = ports }, Tell, cancellationToken);
        await output.WriteLineAsync(azurite.IsOurs
            ? $"Storage: Azurite on ports {azurite.Ports.Blob}, {azurite.Ports.Queue}, {azurite.Ports.Table}; data in {DataFolder}"
            : $"Storage: the Azurite that already listens on ports {azurite.Ports.Blob}, {azurite.Ports.Queue}, {azurite.Ports.Table}");
        return azurite;
    }

    /// <summary>What the functions are given as storage.</summary>
    public static string ConnectionString(AzuriteServer azurite) => azurite.Ports == AzuritePorts.Default ? DevelopmentStorage : azurite.ConnectionString;

    private void Tell(string message) => output.WriteLine(message);
}
