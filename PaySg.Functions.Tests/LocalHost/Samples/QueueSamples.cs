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

/// <summary>Fails on each message of a poison queue.</summary>
public sealed class FailsOnPoison(Journal journal)
{
    [Function("FailsOnPoison")]
    public Task RunAsync([QueueTrigger("sample-poison")] string message)
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

/// <summary>What a message may hold.</summary>
public sealed record Order(int Amount, string? Currency);

/// <summary>Reads messages as JSON.</summary>
public sealed class ReadsOrders(Journal journal)
{
    [Function("ReadsOrders")]
    public void Run([QueueTrigger("sample")] Order order) => journal.Objects.Enqueue(order);
}

/// <summary>Reads messages as bytes.</summary>
public sealed class ReadsBinary(Journal journal)
{
    [Function("ReadsBinary")]
    public void Run([QueueTrigger("%QUEUE%", Connection = "Other")] BinaryData message) => journal.Entries.Enqueue(message.ToString());
}
