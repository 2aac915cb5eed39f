using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text;

namespace PaySg.Benchmarks;

/// <summary>
/// What a call allocates, by type. The runtime tells of one object in about 100 KiB, chosen by its bytes, so that many calls together show every type that
/// matters; its share of the samples is its share of the bytes.
/// </summary>
internal sealed class Allocations : EventListener
{
    private const int Calls = 20_000;
    private const int WarmUp = 2_000;
    private const int Shown = 12;
    private const EventKeywords OfCollector = (EventKeywords)0x1;

    private readonly ConcurrentDictionary<string, int> samples = new(StringComparer.Ordinal);
    private bool isCounting;

    /// <summary>Prints the largest types of each call of the build in a folder.</summary>
    public static async Task<string> TableAsync(string folder)
    {
        await using var build = await ProductBuild.LoadAsync(folder);
        using var allocations = new Allocations();
        var table = new StringBuilder();
        foreach (var (name, call) in ((string, Func<Task>)[])[("create", build.CreateUnheardAsync), ("create with a key", build.CreateKeyedAsync), ("read", build.GetAsync)])
            table.Append(CultureInfo.InvariantCulture, $"\n| {name} | allocated | share |\n| --- | --- | --- |\n{await allocations.OfAsync(call)}");

        return table.ToString();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, OfCollector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (isCounting && eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true)
            samples.AddOrUpdate((string)eventData.Payload![eventData.PayloadNames!.IndexOf("TypeName")]!, 1, static (_, count) => count + 1);
    }

    private async Task<string> OfAsync(Func<Task> call)
    {
        await RepeatAsync(call, WarmUp);
        samples.Clear();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        isCounting = true;
        await RepeatAsync(call, Calls);
        isCounting = false;
        var perCall = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / Calls;
        var all = samples.Values.Sum();
        var rows = samples.OrderByDescending(static type => type.Value).Take(Shown).Select(type => (type.Key, Share: type.Value / (double)all));
        return string.Concat(rows.Prepend(("all", 1)).Select(row => string.Create(CultureInfo.InvariantCulture, $"| {row.Item1} | {row.Item2 * perCall:F2} KiB | {row.Item2:P0} |\n")));
    }

    private static async Task RepeatAsync(Func<Task> call, int times)
    {
        for (var i = 0; i < times; i++)
            await call();
    }
}
