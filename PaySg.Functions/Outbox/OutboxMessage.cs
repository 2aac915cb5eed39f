namespace PaySg.Functions.Outbox;

/// <summary>A queue message that names an outbox row to be worked on now.</summary>
/// <param name="OwnerId">The row's partition.</param>
/// <param name="RowKey">The row.</param>
public sealed record OutboxMessage(string OwnerId, string RowKey);
