namespace PaySg.Functions.Tests.Simulation;

/// <summary>
/// Virtual time, and the one order in which everything happens. Nothing waits for the wall clock: the next event is the earliest one, and the seed draws how
/// long each takes.
/// Runs on the only worker of the thread pool, so work that the product hands to the pool runs between two events and never beside them.
/// </summary>
internal sealed class World(int seed)
{
    /// <summary>A run that takes more steps than this does not come to rest.</summary>
    public const int MostSteps = 400_000;

    private readonly PriorityQueue<Scheduled, (long At, long Order)> queue = new();
    private readonly object gate = new();
    private bool isAtRest;
    private readonly List<string> story = [];
    private long order;

    /// <summary>Everything that is left to chance. One source, drawn from in the order of events.</summary>
    public Random Chance { get; } = new(seed);

    public int Seed { get; } = seed;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    public long Steps { get; private set; }

    /// <summary>Grows with each event that differs: two runs of a seed end with the same number.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037UL;

    /// <summary>What happened, for whoever reads a failure.</summary>
    public IReadOnlyList<string> Story => story;

    /// <summary>What went wrong in the simulation itself.</summary>
    public Exception? Broken { get; private set; }

    public bool Draw(double probability) => probability > 0 && Chance.NextDouble() < probability;

    public TimeSpan Between(double fromMilliseconds, double toMilliseconds) =>
        TimeSpan.FromMilliseconds(fromMilliseconds + (Chance.NextDouble() * (toMilliseconds - fromMilliseconds)));

    /// <summary>How long one way over the network takes: mostly little, at times so long that others overtake.</summary>
    public TimeSpan OneWay() => Chance.Next(100) switch
    {
        < 80 => Between(0.5, 6),
        < 97 => Between(5, 80),
        _ => Between(80, 2500),
    };

    public void Tell(string line)
    {
        if (story.Count < 4000)
            story.Add($"{(Now - new DateTimeOffset(2026, 1, 15, 1, 30, 0, TimeSpan.Zero)).TotalSeconds,10:F3} s  {line}");
    }

    public void Note(string mark)
    {
        foreach (var character in mark)
            Trace = (Trace ^ character) * 1099511628211UL;
        Trace = (Trace ^ (ulong)Now.UtcTicks) * 1099511628211UL;
    }

    /// <summary>Has something happen later.</summary>
    public Scheduled In(TimeSpan delay, Action action)
    {
        var at = Now + (delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
        var scheduled = new Scheduled(at, action);
        queue.Enqueue(scheduled, (at.UtcTicks, order++));
        return scheduled;
    }

    /// <summary>Waits in virtual time.</summary>
    public Task DelayAsync(TimeSpan delay)
    {
        var over = new TaskCompletionSource();
        In(delay, over.SetResult);
        return over.Task;
    }

    /// <summary>Runs until nothing is left to happen. Called from a thread that is not the pool's.</summary>
    public void Run()
    {
        isAtRest = false;
        ThreadPool.UnsafeQueueUserWorkItem(static world => world.Pump(), this, preferLocal: false);
        lock (gate)
        {
            while (!isAtRest)
                Monitor.Wait(gate);
        }
    }

    private void Pump()
    {
        try
        {
            while (true)
            {
                if (ThreadPool.PendingWorkItemCount > 0)
                {
                    // The product gave work to the pool: it goes first, whole.
                    ThreadPool.UnsafeQueueUserWorkItem(static world => world.Pump(), this, preferLocal: false);
                    return;
                }

                if (!queue.TryDequeue(out var next, out _))
                {
                    Rest();
                    return;
                }

                if (next.IsCancelled)
                    continue;
                if (++Steps > MostSteps)
                    throw new SimulationFailure("The run does not come to rest.");
                Now = next.At;
                next.Action();
            }
        }
        catch (Exception fault)
        {
            Broken = fault;
            Rest();
        }
    }

    private void Rest()
    {
        lock (gate)
        {
            isAtRest = true;
            Monitor.Pulse(gate);
        }
    }

    internal sealed class Scheduled(DateTimeOffset at, Action action)
    {
        public DateTimeOffset At { get; } = at;

        public Action Action { get; } = action;

        public bool IsCancelled { get; private set; }

        public void Cancel() => IsCancelled = true;
    }
}

/// <summary>Something that must be true was not.</summary>
internal sealed class SimulationFailure(string message) : Exception(message);
