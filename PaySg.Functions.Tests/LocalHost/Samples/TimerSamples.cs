using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.Tests.LocalHost.Samples;

/// <summary>Runs every minute.</summary>
public sealed class EveryMinute(Journal journal)
{
    [Function("EveryMinute")]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        journal.Objects.Enqueue(timer);
        using (journal.Enter())
            await journal.Gate.Task.WaitAsync(cancellationToken);
    }
}
