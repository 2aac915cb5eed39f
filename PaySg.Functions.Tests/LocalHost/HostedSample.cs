using Microsoft.Extensions.Hosting;

namespace PaySg.Functions.Tests.LocalHost;

/// <summary>Writes down when it is started and stopped.</summary>
internal sealed class HostedSample(Journal journal) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        journal.Entries.Enqueue("started");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        journal.Entries.Enqueue("stopped");
        return Task.CompletedTask;
    }
}
