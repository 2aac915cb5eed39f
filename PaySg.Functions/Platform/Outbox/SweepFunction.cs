using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>Runs the sweep every 30 seconds.</summary>
public sealed class SweepFunction(Sweep sweep)
{
    /// <summary>One sweep.</summary>
    [Function("Sweep")]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
