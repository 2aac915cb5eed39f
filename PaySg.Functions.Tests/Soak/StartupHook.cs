#pragma warning disable CA1050, MA0047, MA0048, S3903 // .NET looks for a class of this name outside any namespace.

/// <summary>
/// Runs in LocalHost and in its worker before their Main (<c>DOTNET_STARTUP_HOOKS</c>), when a soak asks for it: each process writes the size of its managed heap,
/// as the last collection left it, into a file that is named after its number. It forces no collection.
/// </summary>
internal static class StartupHook
{
    private const string Folder = "PAYSG_SOAK_SAMPLES";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly List<Timer> Kept = [];

    /// <summary>Begins to write, if the environment names a folder.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
            Kept.Add(new Timer(Write, Path.Combine(folder, $"{Environment.ProcessId}"), Every, Every));
    }

    private static void Write(object? file)
    {
        try
        {
            var last = GC.GetGCMemoryInfo(GCKind.Any);
            File.WriteAllText((string)file!, $"{last.HeapSizeBytes - last.FragmentedBytes} {last.Index} {GC.CollectionCount(2)} {ThreadPool.ThreadCount}");
        }
        catch (IOException)
        {
            // It is being read: the next one will do.
        }
    }
}
