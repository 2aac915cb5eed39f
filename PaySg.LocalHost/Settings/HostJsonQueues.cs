namespace PaySg.LocalHost.Settings;

/// <summary>The section <c>extensions.queues</c> of host.json. It applies to every queue function.</summary>
public sealed record HostJsonQueues
{
    /// <summary>How many messages are taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>More messages are taken when no more than this number are being worked on; null is half the batch for each processor.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>The longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message stays invisible after its function failed.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>After how many attempts a message is poison.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>Whether the text of messages is Base64; otherwise it is plain.</summary>
    public bool Base64 { get; init; } = true;

    /// <summary>The threshold that applies.</summary>
    internal int EffectiveThreshold => NewBatchThreshold ?? BatchSize / 2 * Environment.ProcessorCount;
}
