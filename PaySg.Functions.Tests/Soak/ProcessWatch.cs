using System.Globalization;

namespace PaySg.Functions.Tests.Soak;

/// <summary>Measures processes from outside, by <c>/proc</c>, and their managed heaps by what <see cref="StartupHook"/> writes in them.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private static readonly string[] Families = ["tcp", "tcp6"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paysg-soak-");
    private readonly Lock gate = new();
    private readonly List<ProcessSample> samples = [];

    /// <summary>What a process needs in its environment to be measured.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("DOTNET_STARTUP_HOOKS", typeof(ProcessWatch).Assembly.Location),
        ("PAYSG_SOAK_SAMPLES", folder.FullName),
    ];

    public IReadOnlyList<ProcessSample> Samples
    {
        get
        {
            lock (gate)
                return [.. samples];
        }
    }

    /// <summary>Looks at a process now; one that is gone or has just begun is passed over.</summary>
    public void Look(TimeSpan at, string role, int processId)
    {
        try
        {
            var heap = File.ReadAllText(Path.Combine(folder.FullName, $"{processId}")).Split(' ');
            var status = File.ReadLines($"/proc/{processId}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
            var open = Directory.GetFiles($"/proc/{processId}/fd").Select(file => new FileInfo(file).LinkTarget ?? "").ToList();
            var established = EstablishedSockets(processId);
            if (heap.Length < 4)
                return;
            var sample = new ProcessSample(
                at,
                role,
                processId,
                Number(status["VmRSS"].Split(' ')[0]) * 1024,
                Number(heap[0]),
                open.Count,
                open.Count(target => established.Contains(target)),
                (int)Number(status["Threads"]));
            lock (gate)
                samples.Add(sample);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            // It has ended.
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The sockets of a process's network that are connected, as descriptors name them.</summary>
    private static HashSet<string> EstablishedSockets(int processId) =>
    [
        .. Families
            .SelectMany(kind => File.ReadLines($"/proc/{processId}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "01")
            .Select(fields => $"socket:[{fields[9]}]"),
    ];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
