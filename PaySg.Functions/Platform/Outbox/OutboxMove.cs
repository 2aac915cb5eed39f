namespace PaySg.Functions.Platform.Outbox;

/// <summary>Puts off work that is not done yet.</summary>
internal static class OutboxMove
{
    /// <summary>Writes the row of the next try in place of the one worked on, in one transaction. A conflict: another worker was faster, and the next row stands already.</summary>
    public static Task MoveOnAsync(this TableClient table, OutboxRow work, OutboxRow next, IdGenerator ids) =>
        table.SubmitAsync(new EntityGroup(ids.NewWriteId()).Insert(next.ToEntity()).Delete(work.OwnerId, work.RowKey), CancellationToken.None);
}
