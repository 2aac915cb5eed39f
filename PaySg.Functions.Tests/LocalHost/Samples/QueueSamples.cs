using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.Tests.LocalHost.Samples;

/// <summary>Writes down each message.</summary>
public sealed class WritesMessagesDown(Journal journal)
{
    [Function("WritesMessagesDown")]
    public void Run([QueueTrigger("sample")] string message) => journal.Entries.Enqueue(message);
}

/// <summary>Fails on each message.</summary>
public sealed class FailsOnMessages(Journal journal)
{
    [Function("FailsOnMessages")]
    public Task RunAsync([QueueTrigger("sample")] string message)
    {
        journal.Entries.Enqueue(message);
        throw new InvalidOperationException("The sample fails.");
    }
}

/// <summary>Waits in each message until the test opens the gate.</summary>
public sealed class WaitsInMessages(Journal journal)
{
    [Function("WaitsInMessages")]
    public async Task RunAsync([QueueTrigger("sample")] string message, CancellationToken cancellationToken)
    {
        using (journal.Enter())
            await journal.Gate.Task.WaitAsync(cancellationToken);
        journal.Entries.Enqueue(message);
    }
}

/// <summary>Reads a queue that settings name.</summary>
public sealed class ReadsNamedQueue(Journal journal)
{
    [Function("ReadsNamedQueue")]
    public void Run([QueueTrigger("%QUEUE%", Connection = "Other")] string message) => journal.Entries.Enqueue(message);
}
