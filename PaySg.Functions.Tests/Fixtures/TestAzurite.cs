using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One Azurite for the whole test process, started by the first test that needs it; each test has an account of its own.</summary>
public static class TestAzurite
{
    private const int AccountCount = 400;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly string[] Keys = [.. Enumerable.Range(0, AccountCount).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))];
    private static readonly Lazy<Task<(int Blob, int Queue, int Table)>> Ports = new(StartAsync);
    private static int _given;

    /// <summary>The connection string of a fresh, empty storage account.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var ports = await Ports.Value;
        var index = Interlocked.Increment(ref _given) - 1;
        if (index >= AccountCount)
            throw new InvalidOperationException($"The tests use more than {AccountCount} accounts: raise {nameof(AccountCount)}.");
        var name = NameOf(index);
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Keys[index]};" +
            $"BlobEndpoint=http://127.0.0.1:{ports.Blob}/{name};" +
            $"QueueEndpoint=http://127.0.0.1:{ports.Queue}/{name};" +
            $"TableEndpoint=http://127.0.0.1:{ports.Table}/{name};";
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"account{index:000}");

    private static async Task<(int Blob, int Queue, int Table)> StartAsync()
    {
        var ports = (Blob: FreePort(), Queue: FreePort(), Table: FreePort());
        var root = RepositoryRoot();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', Keys.Select((key, index) => $"{NameOf(index)}:{key}")) },
            ArgumentList =
            {
                Path.Combine(root, "node_modules", "azurite", "dist", "src", "azurite.js"),
                "--silent", "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobPort", ports.Blob.ToString(CultureInfo.InvariantCulture),
                "--queuePort", ports.Queue.ToString(CultureInfo.InvariantCulture),
                "--tablePort", ports.Table.ToString(CultureInfo.InvariantCulture),
            },
        };
        var output = new StringBuilder();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill(entireProcessTree: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(StartTimeout);
        foreach (var port in new[] { ports.Blob, ports.Queue, ports.Table })
        {
            while (!await AnswersAsync(port, timeout.Token))
            {
                if (process.HasExited || timeout.IsCancellationRequested)
                    throw new InvalidOperationException($"Azurite did not start:\n{output}");
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        return ports;

        void Collect(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "PaySg.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run below the repository's root.");
    }
}
