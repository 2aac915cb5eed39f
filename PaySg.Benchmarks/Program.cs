using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PaySg.Benchmarks;

if (args is ["deliveries", ..])
{
    await using var deliveries = await Deliveries.StartAsync(new Uri(args.Length > 1 ? args[1] : "http://localhost:7071"));
    var paced = Deliveries.Row("200 payments, 10 a second", await deliveries.PacedAsync());
    var burst = Deliveries.Row("200 payments at once, 16 in flight", await deliveries.BurstAsync());
    var silent = Deliveries.Row("a payment after 10 s of silence, ten times", await deliveries.SilentAsync());
    Console.WriteLine("| event to first attempt | p50 | p95 | longest |");
    Console.WriteLine("| --- | --- | --- | --- |");
    Console.WriteLine(paced);
    Console.WriteLine(burst);
    Console.WriteLine(silent);
    return;
}

if (args is ["creates", ..])
{
    Console.WriteLine(await Creates.TableAsync(args.Length > 1 ? Path.GetFullPath(args[1]) : null));
    return;
}

if (args is ["startup", ..])
{
    // Each further argument is the folder of a published app.
    IReadOnlyList<string?> workers = args.Length > 1 ? [.. args.Skip(1).Select(Path.GetFullPath)] : [null];
    var starts = await Startup.StartsAsync(workers);
    Console.WriteLine("| worker | start to first answer | start to first payment created | processor time until then |");
    Console.WriteLine("| --- | --- | --- | --- |");
    foreach (var (worker, times) in workers.Zip(starts))
        Console.WriteLine(Startup.Row(worker ?? "as built with LocalHost", times));
    foreach (var times in starts.Skip(1))
        Console.WriteLine(Startup.Ratios(times, starts[0]));
    foreach (var worker in workers)
    {
        var memory = (await Startup.MemoryAsync(worker)).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.LocalHost:F0} + {value.Worker:F0}"));
        Console.WriteLine($"memory of LocalHost and its worker ({worker ?? "as built"}) in MiB, before and after each 10,000 of 40,000 requests: {string.Join(", ", memory)}");
    }

    return;
}

if (args is ["allocations", ..])
{
    Console.WriteLine(await Allocations.TableAsync(args.Length > 1 ? Path.GetFullPath(args[1]) : AppContext.BaseDirectory));
    return;
}

Calls.Baseline = args is [.., "--baseline", var folder] ? Path.GetFullPath(folder) : null;
if (args is ["processor", ..])
{
    Console.WriteLine(await Processor.TableAsync());
    return;
}

var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(8).WithIterationCount(15);
var summary = BenchmarkRunner.Run<Calls>(ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithOptions(ConfigOptions.DisableLogFile)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "paysg-benchmarks")));
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors");
Console.WriteLine();
Console.WriteLine(CallsTable.Of(summary));
