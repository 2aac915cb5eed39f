namespace PaySg.Functions.Platform.Outbox;

/// <summary>A queue message that names an outbox row to be worked on now.</summary>
/// <param name="OwnerId">The row's partition.</param>
/// <param name="TraceParent">The trace that the work belongs to (W3C); null: none.</param>
internal sealed record OutboxMessage(string OwnerId, string RowKey, string? TraceParent = null);
