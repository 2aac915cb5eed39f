using System.Runtime.InteropServices;
using PaySg.LocalHost;
using PaySg.LocalHost.Backup;
using PaySg.LocalHost.Check;
using PaySg.LocalHost.Settings;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.Help is { } help)
        Console.WriteLine(help);
    else if (commandLine.Check)
        return await new CheckProgram(EnvironmentVariables.All(), Console.Out).RunAsync(stop.Token) ? 0 : 1;
    else if (commandLine.BackUpTo is not null || commandLine.RestoreFrom is not null || commandLine.Index)
        await new BackupProgram(EnvironmentVariables.All(), Console.Out).RunAsync(commandLine, stop.Token);
    else
        await new LocalHostProgram(commandLine, Console.Out).RunAsync(stop.Token);
    return 0;
}
catch (LocalHostException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
