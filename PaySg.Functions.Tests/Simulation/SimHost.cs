namespace PaySg.Functions.Tests.Simulation;

/// <summary>
/// What the Functions host does: it hands each message to a process, at most five times, then puts it aside; it sweeps every 30 seconds; it starts what died
/// again.
/// </summary>
internal sealed class SimHost
{
    private const int MostTries = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private readonly World world;
    private readonly Weather weather;
    private readonly SimNetwork network;
    private readonly SimProcess?[] processes;
    private int generations;

    public SimHost(World world, Weather weather, SimNetwork network)
    {
        (this.world, this.weather, this.network) = (world, weather, network);
        processes = new SimProcess?[weather.Skews.Count];
        for (var number = 0; number < processes.Length; number++)
            Start(number);
        network.Died = process =>
        {
            process.Die();
            processes[process.Number] = null;
            world.In(world.Between(500, 40_000), () => Start(process.Number));
        };
        network.Storage.Sent = Sent;
    }

    public int Messages { get; private set; }

    public int Poisoned { get; private set; }

    /// <summary>What queue functions threw.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>A process that is alive; null: none is.</summary>
    public SimProcess? Any()
    {
        var alive = processes.Where(process => process is not null).ToList();
        return alive.Count == 0 ? null : alive[world.Chance.Next(alive.Count)];
    }

    /// <summary>Sweeps every 30 seconds until a moment.</summary>
    public void SweepUntil(DateTimeOffset end)
    {
        if (world.Now >= end)
            return;
        _ = SweepAsync();
        if (weather.IsRough && !weather.IsFair && world.Draw(0.1))
            _ = SweepAsync();
        world.In(TimeSpan.FromSeconds(30), () => SweepUntil(end));
    }

    /// <summary>How often was swept.</summary>
    public int Sweeps { get; private set; }

    public Task SweepAsync()
    {
        Sweeps++;
        return RunTimerAsync("Sweep");
    }

    public Task KeepHouseAsync() => RunTimerAsync("Housekeeping");

    /// <summary>Starts the processes again that still have the old keys.</summary>
    public void EndRotation()
    {
        if (weather.IsRotating && processes[0] is { } old)
        {
            old.Die();
            Start(0);
        }
    }

    private async Task RunTimerAsync(string function)
    {
        if (Any() is not { } process)
            return;
        try
        {
            world.Note(function);
            await process.RunTimerFunctionAsync(function);
        }
        catch (Exception fault)
        {
            // It comes again.
            Failures.Add($"{function}: {fault.GetType().Name}");
        }
    }

    private void Start(int number) => processes[number] = new SimProcess(
        world, network, number, generations++, weather.Skews[number], hasNewKeys: weather.IsRotating && (number > 0 || !weather.IsRough));

    private void Sent(SimMessage message, TimeSpan delay)
    {
        Messages++;
        var late = weather.IsRough && world.Draw(weather.Late) ? world.Between(1000, 300_000) : default;
        if (late != default)
            network.Count("message late");
        world.In(delay + late + world.Between(0, 500), () => Offer(message, message.PopReceipt));
        if (weather.IsRough && world.Draw(weather.Twice))
        {
            network.Count("message twice");
            var copy = new SimMessage(message.Queue, message.Text);
            world.In(delay + late + world.Between(0, 20_000), () => Offer(copy, copy.PopReceipt));
        }
    }

    private void Offer(SimMessage message, int receipt)
    {
        if (message.IsDeleted || message.PopReceipt != receipt)
            return;
        if ((weather.IsRough && (network.IsStorageGone || network.IsStandstill)) || Any() is not { } process)
        {
            world.In(world.Between(1000, 60_000), () => Offer(message, receipt));
            return;
        }

        message.PopReceipt++;
        message.DequeueCount++;
        _ = WorkAsync(process, message, message.PopReceipt);
    }

    private async Task WorkAsync(SimProcess process, SimMessage message, int receipt)
    {
        // Whoever dies with a message in hand leaves it to be seen again when the lease is over.
        var lease = world.In(Lease, () => Offer(message, receipt));
        var isDone = false;
        void Renew()
        {
            if (!isDone && process.IsAlive)
            {
                lease.Cancel();
                lease = world.In(Lease, () => Offer(message, receipt));
                world.In(Lease / 2, Renew);
            }
        }

        var renewal = world.In(Lease / 2, Renew);
        Exception? failure = null;
        try
        {
            await process.RunQueueFunctionAsync(message.Queue, message.Text);
        }
        catch (Exception fault)
        {
            failure = fault;
        }

        isDone = true;
        renewal.Cancel();
        if (!process.IsAlive)
            return;
        if (failure is null)
        {
            if (weather.IsRough && world.Draw(weather.LostAnswer))
            {
                network.Count("message not deleted");
                return;
            }

            lease.Cancel();
            message.IsDeleted = true;
            return;
        }

        lease.Cancel();
        Failures.Add($"{message.Queue}: {failure.GetType().Name} {failure.Message}");
        if (message.DequeueCount >= MostTries)
        {
            Poisoned++;
            network.Count("message poisoned");
            message.IsDeleted = true;
            return;
        }

        world.In(AfterFailure, () => Offer(message, receipt));
    }
}
