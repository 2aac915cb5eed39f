using System.Runtime.InteropServices;
using PaySg.LocalHost;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var commandLine = CommandLine.Parse(args);
    if (commandLine.Help)
        Console.WriteLine(CommandLine.Usage);
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
