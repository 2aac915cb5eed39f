using System.Collections.Concurrent;
using System.Diagnostics;
using PaySg.LocalHost;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>LocalHost in a process of its own, as a developer runs it: it can be killed.</summary>
public sealed class LocalHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalHostProcess(Process process) => this.process = process;

    public ApiClient Client { get; private set; } = null!;

    /// <summary>What it has printed.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it on a free port.</summary>
    public static async Task<LocalHostProcess> StartAsync(string connection, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(LocalFunctionHost).Assembly.Location, "--urls", "http://127.0.0.1:0" },
            Environment = { ["AzureWebJobsStorage"] = connection },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var host = new LocalHostProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        host.process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host.process.ErrorDataReceived += (_, line) => host.Read(line.Data);
        host.process.Exited += (_, _) => host.listening.TrySetException(new InvalidOperationException($"LocalHost ended:\n{host.Output}"));
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        host.Client = new ApiClient(await host.listening.Task.WaitAsync(StartLimit, TimeProvider.System));
        return host;
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
