namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// When an owner's outbox was last swept and something was woken: one row in the owner's partition, <c>n:swept</c>. With it the sweeper tells which wake-ups
/// have come since, so no outbox row need be written for that. It is read only where something is late.
/// </summary>
internal static class LastSweep
{
    public const string Key = "n:swept";
    private const string At = "at";

    /// <summary>When that was; null: never, or by a clock that was wrong.</summary>
    public static async Task<DateTimeOffset?> FindAsync(TableClient table, string ownerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(ownerId, Key, cancellationToken);
        return row is not null && row.GetDateTimeOffset(At) is { } at && at <= now ? at : null;
    }

    public static Task WriteAsync(TableClient table, string ownerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        table.PutAsync(new TableEntity(ownerId, Key) { [At] = now }, cancellationToken);
}
