namespace PaySg.Functions.Platform.Outbox;

/// <summary>A room's part in one sweep. Owners are swept beside each other.</summary>
public interface ISweepRun
{
    /// <summary>The owner's outbox rows in tables of the room's own; those that are late are woken by the sweep.</summary>
    Task<IReadOnlyList<OutboxRow>> FindRowsAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Wakes what has another schedule than the outbox, after the outbox rows were woken.</summary>
    /// <returns>How many messages were sent.</returns>
    Task<int> WakeAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Each owner was swept, or failed.</summary>
    void End();
}
