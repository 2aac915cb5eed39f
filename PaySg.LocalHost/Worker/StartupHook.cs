#pragma warning disable CA1050, MA0047, MA0048, S3903 // .NET looks for a class of this name outside any namespace.

/// <summary>Runs in the worker before its Main (DOTNET_STARTUP_HOOKS): a worker whose LocalHost is gone ends, however LocalHost ended.</summary>
internal static class StartupHook
{
    /// <summary>Waits, beside the worker, for the end of the standard input, which LocalHost holds open.</summary>
    public static void Initialize() =>
        new Thread(static () =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }

            Environment.Exit(0);
        })
        { IsBackground = true }.Start();
}
