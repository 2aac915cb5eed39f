namespace PaySg.Functions.Events;

/// <summary>Events in the partition of their owner: <c>e:</c> and the complement of the id's UUID, so newest first.</summary>
internal static class EventRows
{
    public const string Prefix = "e:";
    public const string IdPrefix = "evt_";
    private const string Document = "doc";

    public static string Key(string eventId) => Prefix + SortableUuid.Complement(eventId[IdPrefix.Length..]);

    /// <summary>The events that happened at <paramref name="since"/> or later, newest first, from behind <paramref name="after"/> on.</summary>
    public static string Range(string ownerId, string? after, DateTimeOffset? since) => RowKeys.Range(
        ownerId,
        after is null ? Prefix : RowKeys.Behind(Key(after)),
        since is { } time ? RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(time))) : Prefix[..^1] + ";");

    /// <summary>The events of one millisecond.</summary>
    public static string RangeAt(string ownerId, DateTimeOffset moment) => RowKeys.Range(
        ownerId, RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(moment.AddMilliseconds(1)))), RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(moment))));

    /// <summary>All events that happened before a time.</summary>
    public static string RangeBefore(string ownerId, DateTimeOffset before) =>
        RowKeys.Range(ownerId, Prefix + SortableUuid.Complement(SortableUuid.LowestAt(before)), Prefix[..^1] + ";");

    public static TableEntity Write(WebhookEvent webhookEvent)
    {
        var row = new TableEntity(webhookEvent.OwnerId, Key(webhookEvent.Id))
        {
            ["id"] = webhookEvent.Id,
            ["type"] = webhookEvent.Type,
            ["created_at"] = webhookEvent.CreatedAt,
        };
        ChunkedDocument.Write(row, Document, webhookEvent.Body);
        return row;
    }

    public static WebhookEvent Read(TableEntity row) => new(
        row.GetString("id"),
        row.GetString("type"),
        row.PartitionKey,
        row.GetDateTimeOffset("created_at")!.Value,
        ChunkedDocument.Read(row, Document));
}
