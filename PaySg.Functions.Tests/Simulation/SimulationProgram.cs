using System.Globalization;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>
/// Runs seeds in a process of its own, whose thread pool has one worker (<see cref="SimulationProcess"/>): <c>simulate FIRST COUNT</c>. Ends with 0 if all are
/// good, 1 at the
/// first that is not, of which it prints the shortest story.
/// </summary>
internal static class SimulationProgram
{
    public static int Main(string[] args)
    {
        if (args is not ["simulate", var firstText, var countText, ..])
        {
            Console.Error.WriteLine("simulate FIRST COUNT");
            return 2;
        }

        ThreadPool.GetMaxThreads(out var workers, out _);
        if (workers != 1)
        {
            Console.Error.WriteLine(
                "The thread pool has several workers: set DOTNET_ThreadPool_ForceMaxWorkerThreads=1 and DOTNET_ThreadPool_ForceMinWorkerThreads=1.");
            return 2;
        }

        var isToShrink = !args.Contains("--quick");
        var (first, count) = (int.Parse(firstText, CultureInfo.InvariantCulture), int.Parse(countText, CultureInfo.InvariantCulture));
        var sums = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (operations, calls, events, requests, messages) = (0L, 0L, 0L, 0L, 0L);
        var work = new List<(int Seed, double Messages, double Requests)>();
        for (var seed = first; seed < first + count; seed++)
        {
            var result = SeedRun.Run(seed);
            if (args.Contains("--twice") && SeedRun.Run(seed).Trace != result.Trace)
            {
                Console.WriteLine($"Seed {seed} does not run the same twice.");
                return 1;
            }

            if (args.Contains("--story"))
                Console.WriteLine(string.Join("\n", result.Story));
            if (!result.IsGood)
            {
                Console.WriteLine($"Seed {seed} fails, the {seed - first + 1}. of them.");
                Print(isToShrink ? SeedRun.Shrink(result) : (Operation.Draw(seed), result), isToShrink);
                return 1;
            }

            if (args.Contains("--progress"))
                Console.Error.WriteLine(seed);
            operations += result.Operations;
            calls += result.Calls;
            events += result.Events;
            requests += result.Requests;
            messages += result.Messages;
            if (result.Pieces > 0)
                work.Add((seed, (double)result.Messages / result.Pieces, (double)result.Requests / (result.Pieces + result.Sweeps)));
            foreach (var (name, number) in result.Kinds)
                sums[name] = sums.GetValueOrDefault(name) + number;
            foreach (var (name, number) in result.Faults)
                faults[name] = faults.GetValueOrDefault(name) + number;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} seeds from {first} are good: {operations} operations, {calls} calls, {events} events, "
            + $"{requests} requests to storage, {messages} messages."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"For each piece of work, or each sweep as well: messages {work.Average(each => each.Messages):F2} on average and {work.Max(each => each.Messages):F2} at most (seed {work.MaxBy(each => each.Messages).Seed}), "
            + $"requests {work.Average(each => each.Requests):F1} and {work.Max(each => each.Requests):F1} (seed {work.MaxBy(each => each.Requests).Seed})."));
        Console.WriteLine("Operations: " + string.Join(", ", sums.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value}"))));
        Console.WriteLine("Faults: " + string.Join(", ", faults.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value}"))));
        return 0;
    }

    private static void Print((IReadOnlyList<Operation> Plan, SeedResult Result) found, bool isWhole)
    {
        Console.WriteLine("\nWhat is wrong:");
        foreach (var failure in found.Result.Failures.Take(10))
            Console.WriteLine("  " + failure);
        if (!isWhole)
            return;
        Console.WriteLine("\nWeather: " + Weather.Of(found.Result.Seed));
        Console.WriteLine("\nOperations:");
        foreach (var operation in found.Plan)
            Console.WriteLine("  " + operation);
        Console.WriteLine("\nStory:");
        foreach (var line in found.Result.Story.Take(200))
            Console.WriteLine("  " + line);
        Console.WriteLine($"\nAgain: PAYSG_SEED={found.Result.Seed} dotnet test --filter \"FullyQualifiedName~SimulationTests\"");
    }
}
