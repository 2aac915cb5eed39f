using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace PaySg.LocalHost.Worker;

/// <summary>
/// The built app as a child process, started as the Functions host starts it. It ends with this process, however this one ends: its
/// standard input is a pipe of ours, and <see cref="StartupHook"/> ends it where the pipe does.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string StartupHooks = "DOTNET_STARTUP_HOOKS";
    private const int LastLines = 40;

    private readonly Process process;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ILogger log;

    private WorkerProcess(Process process, ILogger log)
    {
        this.process = process;
        this.log = log;
    }

    /// <summary>Ends when the process does.</summary>
    public Task Ended => process.WaitForExitAsync();

    /// <summary>How it ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The process's number.</summary>
    public int Id => process.Id;

    /// <summary>What it last wrote to its standard error.</summary>
    public string Errors => string.Join(Environment.NewLine, errors);

    /// <summary>Starts it.</summary>
    /// <param name="folder">The build or publish output of the app.</param>
    /// <param name="server">Where it is to call in.</param>
    /// <param name="workerId">The id that it is let in by.</param>
    /// <param name="settings">The app settings, which become its environment.</param>
    /// <param name="log">Where its lines go.</param>
    /// <exception cref="LocalHostException">There is no app in the folder, or no .NET to run it.</exception>
    public static WorkerProcess Start(string folder, Uri server, string workerId, IReadOnlyDictionary<string, string> settings, ILogger log)
    {
        var app = Path.Combine(folder, "PaySg.Functions.dll");
        if (!File.Exists(app))
            throw new LocalHostException($"There is no worker at {app}. Build it with \"dotnet build\", or name the folder of a published one with --worker DIR.");
        string[] command =
        [
            .. NotInterrupted(), DotNet(), app,
            "--host", server.Host, "--port", $"{server.Port}", "--workerId", workerId, "--requestId", workerId, "--grpcMaxMessageLength", $"{int.MaxValue}",
            "--functions-uri", server.ToString(), "--functions-worker-id", workerId, "--functions-request-id", workerId, "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ];
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = start.Environment["AzureWebJobsScriptRoot"] = folder;

        // What this process was started with, a profiler's hook for one, is for its worker, too.
        start.Environment.TryGetValue(StartupHooks, out var others);
        start.Environment[StartupHooks] = string.IsNullOrEmpty(others) ? typeof(StartupHook).Assembly.Location : $"{typeof(StartupHook).Assembly.Location}{Path.PathSeparator}{others}";
        var worker = new WorkerProcess(new Process { StartInfo = start }, log);
        worker.process.OutputDataReceived += (_, line) => worker.Note(line.Data, LogLevel.Debug);
        worker.process.ErrorDataReceived += (_, line) => worker.Note(line.Data, LogLevel.Warning);
        try
        {
            worker.process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new LocalHostException($"The worker cannot be started: {exception.Message} ({command[0]}).", exception);
        }

        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    /// <summary>Ctrl+C reaches every process of a terminal. The worker must work on until this process has drained it.</summary>
    private static string[] NotInterrupted() => OperatingSystem.IsWindows() ? [] : ["/bin/sh", "-c", "trap '' INT QUIT; exec \"$0\" \"$@\""];

    /// <summary>The program that runs this process, too.</summary>
    private static string DotNet()
    {
        var program = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(program) ? Path.GetFullPath(program) : "dotnet";
    }

    private void Note(string? line, LogLevel level)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
#pragma warning disable CA2254 // The line is the worker's.
        log.Log(level, line);
#pragma warning restore CA2254
        if (level < LogLevel.Warning)
            return;
        errors.Enqueue(line);
        while (errors.Count > LastLines)
            errors.TryDequeue(out _);
    }
}
