namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Does what outbox rows of one kind ask for. A message may come twice, and the sweeper sends it again while the row stands, so the work
/// may be begun again at any point.
/// </summary>
public interface IOutboxWork
{
    /// <summary>The kind of the rows, one of <see cref="OutboxKind"/>. No two workers share one.</summary>
    string Kind { get; }

    /// <summary>Works on a row, and deletes it when nothing is left to do. A row that is gone was worked on already.</summary>
    Task RunAsync(OutboxRow work);
}
