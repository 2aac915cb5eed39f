using System.Collections.Concurrent;
using System.Diagnostics;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>An example that goes on running: it says where it listens, and prints what it learns.</summary>
internal sealed class ExampleProcess : IAsyncDisposable
{
    // A compiler runs first for some, on a machine that may be busy.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task ended = Task.CompletedTask;

    private ExampleProcess(Process process) => this.process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it has printed.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="command">The program and its arguments, in the repository's root.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<ExampleProcess> StartAsync(string command, IReadOnlyDictionary<string, string> environment)
    {
        var words = command.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = Document.Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var example = new ExampleProcess(new Process { StartInfo = start });
        example.process.OutputDataReceived += (_, line) => example.Read(line.Data);
        example.process.ErrorDataReceived += (_, line) => example.Read(line.Data);
        example.process.Start();
        example.process.BeginOutputReadLine();
        example.process.BeginErrorReadLine();
        example.ended = example.WatchAsync(command);
        try
        {
            example.Address = await example.listening.Task.WaitAsync(StartLimit, TimeProvider.System);
            return example;
        }
        catch
        {
            await example.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line that has a part; the line.</summary>
    public async Task<string> LineWithAsync(string part)
    {
        string? found = null;
        await Eventually.TrueAsync(() => (found = lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal))) is not null);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        // `dotnet run` has the example as its child.
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await ended;
        process.Dispose();
    }

    /// <summary>Waits for its end, and for all that it printed.</summary>
    private async Task WatchAsync(string command)
    {
        await process.WaitForExitAsync();
        listening.TrySetException(new InvalidOperationException($"{command} ended:\n{string.Join('\n', lines)}"));
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        const string Mark = "Listening on ";
        if (line.StartsWith(Mark, StringComparison.Ordinal))
            listening.TrySetResult(new Uri(line[Mark.Length..]));
    }
}
