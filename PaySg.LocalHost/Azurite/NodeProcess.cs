using System.ComponentModel;
using System.Diagnostics;

namespace PaySg.LocalHost.Azurite;

/// <summary>Runs Node.js and npm, and looks after processes that are not our children.</summary>
internal static class NodeProcess
{
    /// <summary>Runs a script to its end and answers what it printed.</summary>
    public static Task<string> RunScriptAsync(string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken) =>
        RunAsync("node", ["-e", script, .. arguments], folder: null, environment, cancellationToken);

    /// <summary>Runs npm in a folder.</summary>
    public static Task<string> RunNpmAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows()
            ? RunAsync("cmd.exe", ["/c", "npm", .. arguments], folder, environment: null, cancellationToken)
            : RunAsync("npm", arguments, folder, environment: null, cancellationToken);

    /// <summary>Whether a process runs; one that ended and that nobody waited for does not count.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (process.HasExited)
                return false;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }

        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            var status = File.ReadAllText($"/proc/{pid}/stat");
            var state = status.LastIndexOf(')') + 2;
            return state >= status.Length || status[state] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Asks a process to end, waits for it, and kills it if it does not.</summary>
    public static async Task EndAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        await RunScriptAsync("try { process.kill(Number(process.argv[1]), 'SIGTERM') } catch { }", [$"{pid}"], environment: null, cancellationToken);
        var waited = Stopwatch.StartNew();
        while (IsRunning(pid))
        {
            if (waited.Elapsed > patience)
            {
                await RunScriptAsync("try { process.kill(Number(process.argv[1]), 'SIGKILL') } catch { }", [$"{pid}"], environment: null, cancellationToken);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? folder, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new LocalHostException($"{program} ended with code {process.ExitCode}: {LastLineOf(await errors)}");
        }
        catch (Win32Exception exception)
        {
            throw new LocalHostException($"'{program}' was not found on the PATH. Azurite needs Node.js 20 or newer with npm: install it, or start an Azurite yourself.", exception);
        }
    }

    private static string LastLineOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no message";
}
