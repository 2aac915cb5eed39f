using System.Security.Cryptography;
using PaySg.LocalHost.Azurite;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// One Azurite in memory for the whole test run, with many accounts: each class of tests takes an empty account of its own, so that
/// classes do not see each other's rows and tables stay small.
/// </summary>
public static class TestAzurite
{
    // All of them travel in one variable of the environment, which may be 128 KiB long.
    private const int Accounts = 2000;
    private static readonly Lazy<Task<Running>> Shared = new(StartAsync);
    private static int taken = -1;

    /// <summary>The connection string of an account that nobody has used.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var running = await Shared.Value;
        var index = Interlocked.Increment(ref taken);
        if (index >= Accounts)
            throw new InvalidOperationException($"All {Accounts} accounts of the test Azurite are taken: raise the number.");
        return running.Server.Ports.ConnectionString(NameOf(index), running.Key);
    }

    private static string NameOf(int index) => $"test{index:0000}";

    private static async Task<Running> StartAsync()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var accounts = Enumerable.Range(0, Accounts).ToDictionary(NameOf, _ => key, StringComparer.Ordinal);
        var server = await AzuriteServer.StartAsync(new AzuriteOptions { Accounts = accounts });

        // It also ends by itself when this process is gone, however that came about.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StopAsync().Wait(TimeSpan.FromSeconds(5));
        return new Running(server, key);
    }

    private sealed record Running(AzuriteServer Server, string Key);
}
