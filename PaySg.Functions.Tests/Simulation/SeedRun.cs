using System.Globalization;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>What became of a run.</summary>
internal sealed record SeedResult(
    int Seed,
    IReadOnlyList<string> Failures,
    ulong Trace,
    IReadOnlyList<string> Story,
    int Operations,
    int Calls,
    int Events,
    int Requests,
    int Messages,
    int Pieces,
    int Sweeps,
    IReadOnlyDictionary<string, int> Faults, IReadOnlyDictionary<string, int> Kinds)
{
    public bool IsGood => Failures.Count == 0;
}

/// <summary>One run: the operations of a seed in its weather, then fair weather until all is quiet, then the books.</summary>
internal static class SeedRun
{
    private const int MostRounds = 400;
    private static readonly string[] TablesWithWork = ["paysgpayments", "paysgpaymentlinks", "paysgwebhooks", "paysgdeliveries"];

    public static SeedResult Run(int seed, IReadOnlyList<Operation>? plan = null)
    {
        var setup = Setup.Once;
        plan ??= Operation.Draw(seed);
        var world = new World(seed);
        var weather = Weather.Of(seed);
        var network = new SimNetwork(world, weather, setup.Storage.Copy());
        network.Gateway = new SimProcess(world, network, -1, 0, default);
        if (weather.HasDeafReceiver)
            network.Deaf.Add("https://198.51.100.10/1");
        var host = new SimHost(world, weather, network);
        var client = new SimClient(world, network, host, setup);
        foreach (var operation in plan)
            client.Start(operation);
        var length = plan.Max(operation => operation.At) + TimeSpan.FromSeconds(20);
        if ((weather.OutageAt ?? weather.StandstillAt) is { } at && at + Weather.Standing + TimeSpan.FromMinutes(1) > length)
            length = at + Weather.Standing + TimeSpan.FromMinutes(1);
        var end = world.Now + length;
        world.In(TimeSpan.FromSeconds(7), () => host.SweepUntil(end));
        world.In(length, () => weather.IsRough = false);
        world.Run();
        weather.IsRough = false;
        host.EndRotation();

        // Nothing is left to happen but what a sweep wakes: the time in between is skipped.
        var failures = new List<string>();
        var rounds = 0;
        var tomorrow = world.Now + TimeSpan.FromDays(1);
        while (world.Broken is null && (Due(network.Storage), client.Later.Count) is var left && (left.Item1 is not null || left.Count > 0))
        {
            var due = left.Item1 ?? DateTimeOffset.MaxValue - TimeSpan.FromDays(1);
            if (client.Later.TryPeek(out var happens, out var at2) && at2 < due + TimeSpan.FromSeconds(40))
            {
                client.Later.Dequeue();
                world.In(at2 - world.Now, happens);
                world.Run();
                continue;
            }

            if (due > tomorrow)
            {
                world.In(tomorrow - world.Now, () => _ = host.KeepHouseAsync());
                tomorrow += TimeSpan.FromDays(1);
                world.Run();
                continue;
            }

            if (++rounds > MostRounds)
            {
                failures.Add($"Work is left that does not end: {string.Join(", ", Left(network.Storage).Take(5))}");
                break;
            }

            var next = due + TimeSpan.FromSeconds(40) - world.Now;
            world.In(next > TimeSpan.FromSeconds(30) ? next : TimeSpan.FromSeconds(30), () => _ = host.SweepAsync());
            world.Run();
        }

        if (world.Broken is { } broken)
            failures.Add(broken is SimulationFailure ? broken.Message : broken.ToString());
        failures.AddRange(network.Unexpected);
        var books = new Books(setup, weather, network, host, client);
        var (requests, messages, sweeps) = (network.Requests, host.Messages, host.Sweeps);
        if (failures.Count == 0)
            failures.AddRange(books.Check());
        if (failures.Count == 0)
            failures.AddRange(RunAYear(world, network, host, books));
        var kinds = plan.GroupBy(operation => operation.Kind.ToString()).ToDictionary(group => group.Key, group => group.Count());
        return new SeedResult(
            seed, failures, world.Trace, world.Story, plan.Count, client.Calls
                .Sum(call => call.Sent), network.Events.Count, requests, messages, books.PiecesOfWork, sweeps, network.Faults, kinds);
    }

    /// <summary>The housekeeping of the next day, and of the day when nothing need be kept any more but the agency's books.</summary>
    private static IReadOnlyList<string> RunAYear(World world, SimNetwork network, SimHost host, Books books)
    {
        var payments = network.Storage.Rows("paysgpayments").Count(row => row.RowKey.StartsWith("p:", StringComparison.Ordinal));
        foreach (var later in (TimeSpan[])[TimeSpan.FromHours(26), TimeSpan.FromDays(400), TimeSpan.FromDays(2)])
        {
            world.In(later, () => _ = host.KeepHouseAsync());
            world.Run();
        }

        return world.Broken is { } broken ? [broken.ToString()] : [.. network.Unexpected, .. books.CheckAfterAYear(payments)];
    }

    /// <summary>The shortest plan that was found to fail likewise: operations are left out while it still does.</summary>
    public static (IReadOnlyList<Operation> Plan, SeedResult Result) Shrink(SeedResult failed)
    {
        IReadOnlyList<Operation> plan = Operation.Draw(failed.Seed);
        var result = failed;
        for (var size = plan.Count / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from < plan.Count && plan.Count > 1;)
            {
                IReadOnlyList<Operation> shorter = [.. plan.Take(from), .. plan.Skip(from + size)];
                if (shorter.Count > 0 && Run(failed.Seed, shorter) is { IsGood: false } still)
                    (plan, result) = (shorter, still);
                else
                    from += size;
            }
        }

        return (plan, result);
    }

    /// <summary>When the earliest row of work is due; null: there is none.</summary>
    private static DateTimeOffset? Due(StorageModel storage)
    {
        var keys = Left(storage).ToList();
        return keys.Count == 0 ? null : keys.Min(key => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key.Split(':')[1], CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<string> Left(StorageModel storage) => TablesWithWork.SelectMany(storage.Rows).Select(row => row.RowKey).Where(
        key => key.StartsWith("o:", StringComparison.Ordinal) || key.StartsWith("d:", StringComparison.Ordinal));
}
