namespace PaySg.LocalHost.Demo;

/// <summary>Runs once after the start: makes what a demonstration needs and says how to reach it.</summary>
internal static class DemoSeed
{
    /// <summary>Runs with the services of the HTTP functions.</summary>
    public static Task RunAsync(IServiceProvider services, Uri address, TextWriter output, CancellationToken cancellationToken) => Task.CompletedTask;
}
