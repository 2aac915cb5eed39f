using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>LocalHost in a process of its own, as a developer runs it: it can be killed.</summary>
public sealed class LocalHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalHostProcess(Process process) => this.process = process;

    public ApiClient Client { get; private set; } = null!;

    /// <summary>The number of its process.</summary>
    public int ProcessId => process.Id;

    /// <summary>Whether it has ended, however that came about.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What it has printed.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it on a free port.</summary>
    public static Task<LocalHostProcess> StartAsync(string connection, params string[] arguments) => StartAsync(connection, [], arguments);

    /// <summary>The same with more in its environment.</summary>
    public static async Task<LocalHostProcess> StartAsync(string connection, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = StartInfo([("AzureWebJobsStorage", connection), .. environment], arguments);
        var host = new LocalHostProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        host.process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host.process.ErrorDataReceived += (_, line) => host.Read(line.Data);
        host.process.Exited += (_, _) => host.HasEnded = true;
        host.process.Exited += (_, _) => host.listening.TrySetException(new InvalidOperationException($"LocalHost ended:\n{host.Output}"));
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        host.Client = new ApiClient(await host.listening.Task.WaitAsync(StartLimit, TimeProvider.System));
        return host;
    }

    /// <summary>Starts one that ends by itself; its exit code and all that it printed.</summary>
    public static async Task<(int Code, string Output)> RunToEndAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        using var program = Process.Start(StartInfo(environment, arguments))!;
        var printed = program.StandardOutput.ReadToEndAsync();
        var errors = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().WaitAsync(StartLimit, TimeProvider.System);
        return (program.ExitCode, await printed + await errors);
    }

    /// <summary>Starts one that ends by itself, or is killed.</summary>
    public static Process StartCommand((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = StartInfo(environment, []);
        start.ArgumentList.Clear();
        foreach (var argument in (string[])[typeof(LocalFunctionHost).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>The number of the worker's process: LocalHost's only child but for Azurite's helpers, which have ended.</summary>
    public int WorkerProcessId() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .First(id => id > 0 && IsChild(id));

    /// <summary>SIGTERM: what is under way may finish.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await signal.WaitForExitAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is released, nothing is finished.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill();
    }

    /// <summary>Waits for the end, which <see cref="Kill"/> brings about.</summary>
    public Task WaitForEndAsync() => process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Client?.Dispose();
    }

    private static ProcessStartInfo StartInfo((string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(LocalFunctionHost).Assembly.Location, "--urls", "http://127.0.0.1:0" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private bool IsChild(int id)
    {
        try
        {
            // The fields after the name, which may hold anything but ends with the last ")": state, parent, …
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == process.Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        output.Enqueue(line);
        const string Mark = "Listening on ";
        if (line.StartsWith(Mark, StringComparison.Ordinal))
            listening.TrySetResult(new Uri(line[Mark.Length..].Split(' ')[0]));
    }
}
