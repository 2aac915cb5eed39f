using System.ComponentModel;
using System.Diagnostics;

namespace PaySg.Functions.Tests.Docs;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>What it printed; it must succeed.</summary>
    public static Task<string> RunAsync(string program, params string[] arguments) => RunAsync(Limit, program, arguments);

    /// <summary>The same of a program that may take longer.</summary>
    public static async Task<string> RunAsync(TimeSpan limit, string program, params string[] arguments)
    {
        var end = await RunToEndAsync(limit, program, arguments);
        Assert.True(end.ExitCode == 0, $"{program} ended with {end.ExitCode}: {end.Errors}\n{end.Output}");
        return end.Output;
    }

    /// <summary>How it ended, be it well or not.</summary>
    public static Task<ChildProcessEnd> RunToEndAsync(string program, params string[] arguments) => RunToEndAsync(Limit, program, arguments);

    private static async Task<ChildProcessEnd> RunToEndAsync(TimeSpan allowed, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(allowed, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {allowed}.", exception);
        }

        return new ChildProcessEnd(process.ExitCode, await output, await errors);
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool Exists(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
