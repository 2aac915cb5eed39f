using System.Globalization;

namespace PaySg.LocalHost.Azurite;

/// <summary>
/// The storage emulator, as a process of its own session without pipes: a LocalHost that is killed does not take the store down with it.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The well-known account of the emulator.</summary>
    public const string DefaultAccount = "devstoreaccount1";

    /// <summary>The well-known key of the emulator, published by its maker; it opens nothing else.</summary>
    public const string DefaultKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Starts a detached process, its output in a file, and prints its number.</summary>
    private const string Launch = """
        const { spawn } = require('child_process'), fs = require('fs');
        const [log, folder, ...args] = process.argv.slice(1);
        const out = fs.openSync(log, 'w');
        const child = spawn(process.execPath, args, { cwd: folder, detached: true, stdio: ['ignore', out, out], windowsHide: true });
        child.on('spawn', () => { child.unref(); console.log(child.pid); });
        """;

    /// <summary>Loads Azurite, ends it when the process that asked for it is gone, and removes its temporary folder.</summary>
    private const string EndsWithOwner = """
        const owner = Number(process.argv[1]), folder = process.cwd();
        process.on('exit', () => require('fs').rmSync(folder, { recursive: true, force: true }));
        process.argv.splice(1, 1);
        process.on('SIGTERM', () => process.exit());
        setInterval(() => { try { process.kill(owner, 0) } catch { process.exit() } }, 1000).unref();
        require(process.argv[1]);
        """;

    /// <summary>
    /// Loads Azurite. Asked to end, it saves its data once its servers are closed, and they wait for connections that an HTTP client keeps
    /// for later and does not close: up to 15 s. Requests under way get 200 ms here.
    /// </summary>
    private const string ClosesConnections = """
        const { Server } = require('http'), close = Server.prototype.close;
        Server.prototype.close = function (...args) {
          setTimeout(() => this.closeAllConnections(), 200);
          return close.apply(this, args);
        };
        require(process.argv[1]);
        """;

    private const int FreePortTries = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly string? dataFolder;
    private readonly string? temporaryFolder;
    private readonly int? ownPid;

    /// <summary>Held while this process looks after the Azurite of a data folder.</summary>
    private IAsyncDisposable? ownership;

    private AzuriteServer(AzuritePorts ports, int? ownPid = null, string? dataFolder = null, string? temporaryFolder = null, IAsyncDisposable? ownership = null)
    {
        Ports = ports;
        this.ownPid = ownPid;
        this.dataFolder = dataFolder;
        this.temporaryFolder = temporaryFolder;
        this.ownership = ownership;
    }

    /// <summary>Where it listens.</summary>
    public AzuritePorts Ports { get; }

    /// <summary>Whether <see cref="StopAsync"/> will end it; another's is left alone.</summary>
    public bool IsOurs => ownPid is not null;

    /// <summary>The connection string of the well-known account.</summary>
    public string ConnectionString => Ports.ConnectionString(DefaultAccount, DefaultKey);

    /// <summary>Starts an Azurite, or takes over the one that serves the data folder already.</summary>
    /// <exception cref="LocalHostException">Node.js is missing, a port is taken, or it did not start.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, Action<string>? tell = null, CancellationToken cancellationToken = default)
    {
        if (options.DataFolder is not { } folder)
            return await StartAsync(options, tell, FreePortTries, cancellationToken);

        // Two that start at once on one folder: the second finds the Azurite of the first.
        CheckFolder(folder);
        await using (await FileLock.TakeAsync(Path.Combine(folder, "azurite.lock"), cancellationToken))
            return await AdoptAsync(folder, cancellationToken) ?? await StartAsync(options, tell, FreePortTries, cancellationToken);
    }

    /// <summary>Ends Azurite, if it is ours, so that it saves its data.</summary>
    public async Task StopAsync()
    {
        if (ownPid is { } pid)
            await NodeProcess.EndAsync(pid, StopLimit, CancellationToken.None);
        if (ownPid is not null && dataFolder is not null)
            AzuritePidFile.Delete(dataFolder);
        if (temporaryFolder is not null && Directory.Exists(temporaryFolder))
            Directory.Delete(temporaryFolder, recursive: true);
        await AbandonAsync();
    }

    /// <summary>Looks after Azurite no longer, as if this process had been killed.</summary>
    internal async Task AbandonAsync()
    {
        if (Interlocked.Exchange(ref ownership, value: null) is { } held)
            await held.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<AzuriteServer> StartAsync(AzuriteOptions options, Action<string>? tell, int tries, CancellationToken cancellationToken)
    {
        var ports = options.Ports ?? AzuritePorts.Free();
        if (await AzuriteProbe.FirstTakenAsync(ports, cancellationToken) is { } taken)
        {
            return await AzuriteProbe.AnswersAsync(ports, cancellationToken)
                ? new AzuriteServer(ports)
                : throw new LocalHostException($"Port {taken}, which Azurite needs, is taken by another program.");
        }

        var script = await AzuriteInstallation.EnsureAsync(tell ?? (static _ => { }), cancellationToken);
        try
        {
            return await LaunchAsync(script, options, ports, cancellationToken);
        }
        catch (LocalHostException) when (options.Ports is null && tries > 1)
        {
            // Another program took one of the free ports meanwhile.
            return await StartAsync(options, tell, tries - 1, cancellationToken);
        }
    }

    private static string OwnershipOf(string folder) => Path.Combine(folder, "azurite.owner");

    private static void CheckFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $"probe.{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {folder} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>The Azurite that serves a folder: ours from now on if the LocalHost that started it is gone.</summary>
    private static async Task<AzuriteServer?> AdoptAsync(string folder, CancellationToken cancellationToken)
    {
        if (AzuritePidFile.Read(folder) is not { } recorded || !NodeProcess.IsRunning(recorded.Pid) || !await AzuriteProbe.AnswersAsync(recorded.Ports, cancellationToken))
            return null;
        return FileLock.TryTake(OwnershipOf(folder)) is { } ownership
            ? new AzuriteServer(recorded.Ports, recorded.Pid, folder, ownership: ownership)
            : new AzuriteServer(recorded.Ports);
    }

    private static async Task<AzuriteServer> LaunchAsync(string script, AzuriteOptions options, AzuritePorts ports, CancellationToken cancellationToken)
    {
        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("paysg-azurite-").FullName : null;
        var folder = options.DataFolder ?? temporary!;
        Directory.CreateDirectory(folder);
        var log = Path.Combine(folder, "azurite.log");
        string[] store = options.DataFolder is null ? ["--inMemoryPersistence"] : ["--location", folder];
        string[] program = options.DataFolder is null ? ["-e", EndsWithOwner, "--", $"{Environment.ProcessId}", script] : ["-e", ClosesConnections, "--", script];
        var environment = options.Accounts.Count == 0
            ? null
            : new Dictionary<string, string>(StringComparer.Ordinal) { ["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Select(account => $"{account.Key}:{account.Value}")) };
        var printed = await NodeProcess.RunScriptAsync(
            Launch,
            [
                "--", log, folder, .. program, .. store, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
                "--blobPort", $"{ports.Blob}", "--queuePort", $"{ports.Queue}", "--tablePort", $"{ports.Table}",
            ],
            environment,
            cancellationToken);
        if (!int.TryParse(printed.Trim(), CultureInfo.InvariantCulture, out var pid))
            throw new LocalHostException("Node.js did not start Azurite.");

        if (options.DataFolder is not null)
            new AzuritePidFile(pid, ports).Write(folder);
        var server = new AzuriteServer(ports, pid, options.DataFolder, temporary, options.DataFolder is null ? null : FileLock.TryTake(OwnershipOf(folder)));
        var started = TimeProvider.System.GetTimestamp();
        while (!await AzuriteProbe.AnswersAsync(ports, cancellationToken))
        {
            var ended = !NodeProcess.IsRunning(pid);
            if (ended || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                var reason = ReadLastLine(log);
                await server.StopAsync();
                throw new LocalHostException($"Azurite did not start: {reason}");
            }

            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }

        return server;
    }

    private static string ReadLastLine(string log) =>
        File.Exists(log) ? File.ReadLines(log).LastOrDefault(line => line.Trim().Length > 0) ?? "it said nothing." : "it said nothing.";
}
