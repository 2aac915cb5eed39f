using System.Collections.Concurrent;

namespace PaySg.Functions.Tests.LocalHost;

/// <summary>What sample functions saw; the test owns it and hands it to every group of functions.</summary>
public sealed class Journal
{
    private int running;
    private int most;

    /// <summary>What happened, in order.</summary>
    public ConcurrentQueue<string> Entries { get; } = new();

    /// <summary>Objects of note, such as function instances.</summary>
    public ConcurrentQueue<object> Objects { get; } = new();

    /// <summary>Opened by the test when waiting functions may go on.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many functions ran at the same time at most.</summary>
    public int Most => most;

    /// <summary>How many functions run now.</summary>
    public int Running => running;

    /// <summary>Counts a function in until disposed.</summary>
    public IDisposable Enter()
    {
        var now = Interlocked.Increment(ref running);
        int before;
        while ((before = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, before) != before)
        {
        }

        return new Visit(this);
    }

    private sealed class Visit(Journal journal) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref journal.running);
    }
}
