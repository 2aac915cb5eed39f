using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.Tests.LocalHost.Samples;

/// <summary>Runs every five seconds, too often to be monitored.</summary>
public sealed class EveryFiveSeconds(Journal journal)
{
    [Function("EveryFiveSeconds")]
    public void Run([TimerTrigger("*/5 * * * * *")] TimerInfo timer) => journal.Objects.Enqueue(timer);
}

/// <summary>Runs at each start, and at midnight in Singapore by a setting.</summary>
public sealed class AtStartup(Journal journal)
{
    [Function("AtStartup")]
    public void Run([TimerTrigger("%SCHEDULE%", RunOnStartup = true)] TimerInfo timer) => journal.Objects.Enqueue(timer);
}

/// <summary>Fails every minute; its expression has no seconds.</summary>
public sealed class FailsEveryMinute(Journal journal)
{
    [Function("FailsEveryMinute")]
    public void Run([TimerTrigger("* * * * *")] TimerInfo timer)
    {
        journal.Objects.Enqueue(timer);
        throw new InvalidOperationException("The sample fails.");
    }
}

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
