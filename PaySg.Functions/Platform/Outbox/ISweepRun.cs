namespace PaySg.Functions.Platform.Outbox;

/// <summary>A room's part in one sweep. Owners are swept beside each other.</summary>
internal interface ISweepRun
{
    /// <summary>The owner's outbox rows in tables of the room's own; those that are late are woken by the sweep.</summary>
    Task<IReadOnlyList<OutboxRow>> FindRowsAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Wakes what has another schedule than the outbox, after the outbox rows were woken.</summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="endpointIds">Where to look; null: everywhere that <see cref="FindRowsAsync"/> has seen.</param>
    /// <param name="next">Told of when to look again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many messages were sent.</returns>
    Task<int> WakeAsync(string ownerId, IReadOnlyCollection<string>? endpointIds, Action<WorkMark> next, CancellationToken cancellationToken);

    /// <summary>Each owner was swept, or failed.</summary>
    /// <param name="elsewhere">When the oldest came to be of what waits where nobody looked; null: nothing does.</param>
    void End(DateTimeOffset? elsewhere);
}
