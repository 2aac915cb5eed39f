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
    {
        var check = new CheckProgram(EnvironmentVariables.All(), Console.Out);
        return await (commandLine.CheckUrl is { } url ? check.RunAsync(url, commandLine.CheckEndpoint, stop.Token) : check.RunAsync(stop.Token)) ? 0 : 1;
    }

    else if (commandLine.BackUpTo is not null || commandLine.Restore is not null || commandLine.Index)
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
    // To stop the app is to end it well; a command that was stopped has not done its work.
    if (HelpText.CommandOf(args) is not { } command)
        return 0;

    await Console.Error.WriteLineAsync($"{command} was stopped before its end. Run it again.");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
