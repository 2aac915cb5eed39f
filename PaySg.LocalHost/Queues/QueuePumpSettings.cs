using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Queues;

/// <summary>The figures a pump works by, divided by the time scale where the service's clock is concerned.</summary>
internal sealed record QueuePumpSettings(int BatchSize, int NewBatchThreshold, TimeSpan MaxPollingInterval, TimeSpan Invisible, TimeSpan RetryAfter, int MaxDequeueCount, bool Base64)
{
    private static readonly TimeSpan HostInvisible = TimeSpan.FromMinutes(10);

    /// <summary>With less, a machine under load would renew too late and a message would run twice.</summary>
    private static readonly TimeSpan LeastInvisible = TimeSpan.FromSeconds(3);

    /// <summary>The figures of a host.json.</summary>
    public static QueuePumpSettings Of(HostJsonQueues queues, double timeScale)
    {
        var invisible = HostInvisible / timeScale;
        return new QueuePumpSettings(
            queues.BatchSize,
            queues.EffectiveThreshold,
            queues.MaxPollingInterval,
            invisible < LeastInvisible ? LeastInvisible : invisible,
            queues.VisibilityTimeout / timeScale,
            queues.MaxDequeueCount,
            queues.Base64);
    }
}
