namespace PaySg.Functions.Platform.Outbox;

/// <summary>Something that is done once before each sweep. If it fails, nobody's work waits for it: the next sweep tries again.</summary>
internal interface ISweepStart
{
    /// <summary>What it is about, for the log.</summary>
    string Subject { get; }

    Task BeforeSweepAsync(CancellationToken cancellationToken);
}
