using System.Diagnostics;
using System.Globalization;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>Runs seeds in a process of their own, whose thread pool has one worker: so all that the product hands to the pool runs in one order.</summary>
internal static class SimulationProcess
{
    /// <summary>What the run prints. It must be good.</summary>
    public static async Task<string> RunAsync(int first, int count, TimeSpan limit, params string[] more)
    {
        var output = await ChildProcess.RunAsync(
            limit,
            "env",
            [
                "DOTNET_ThreadPool_ForceMaxWorkerThreads=1",
                "DOTNET_ThreadPool_ForceMinWorkerThreads=1",
                "DOTNET_TieredPGO=0",
                "dotnet",
                typeof(SimulationProcess).Assembly.Location,
                "simulate",
                first.ToString(CultureInfo.InvariantCulture),
                count.ToString(CultureInfo.InvariantCulture),
                .. more,
            ]);
        Trace.WriteLine(output);
        return output;
    }
}
