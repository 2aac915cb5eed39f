namespace PaySg.LocalHost.Azurite;

/// <summary>A lock between processes; it is free again when its holder ends, however that came about.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock and holds it until disposed; null if another holds it.</summary>
    public static IAsyncDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for the lock and holds it until disposed.</summary>
    public static async Task<IAsyncDisposable> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }
    }
}
