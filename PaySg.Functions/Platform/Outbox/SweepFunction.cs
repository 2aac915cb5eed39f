namespace PaySg.Functions.Platform.Outbox;

/// <summary>Runs the sweep every 30 seconds.</summary>
internal sealed class SweepFunction(Sweep sweep)
{
    [Function("Sweep")]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
