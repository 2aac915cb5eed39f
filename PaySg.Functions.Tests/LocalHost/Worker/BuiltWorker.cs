using PaySg.LocalHost;

namespace PaySg.Functions.Tests.LocalHost.Worker;

/// <summary>The worker that was built together with the tests.</summary>
internal static class BuiltWorker
{
    public static string Folder { get; } = LocalHostProgram.WorkerFolder();

    public static void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
