using Azure;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>The rows of a delivery in the partition of its endpoint.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>v:</c> complement of the event's UUID</term><description>the delivery, newest first, with the event's bytes</description></item>
/// <item><term><c>d:{milliseconds}:{event}</c></term><description>the due row: while an attempt is due, this row is the schedule and
/// the queue message only its alarm clock. The delivery's column <c>due</c> names it.</description></item>
/// </list>
/// </remarks>
internal static class DeliveryRows
{
    public const string Prefix = "v:";
    public const string DuePrefix = WorkMarks.DuePrefix;
    private const string Body = "body";
    private const string Attempts = "attempts";
    public const string Due = "due";

    /// <summary>All columns but the event's bytes. 25 attempts with an excerpt of 1 KiB each, escaped at worst, fill three chunks.</summary>
    public static readonly string[] WithoutBody =
    [
        "PartitionKey", "RowKey", "owner_id", "event_id", "event_type", "event_created_at", "traceparent", "state", "reason", "attempt_count",
        "scheduled_count", "scheduled_at", "resend_at", "recovery", Due, Attempts + ChunkedDocument.LengthSuffix, Attempts + "0", Attempts + "1", Attempts + "2", Attempts + "3",
    ];

    public static string Key(string eventId) => Prefix + SortableUuid.Complement(eventId[EventRows.IdPrefix.Length..]);

    public static string DueKey(DateTimeOffset at, string eventId) => $"{DuePrefix}{RowKeys.Milliseconds(at)}:{eventId}";

    /// <summary>The deliveries of events from <paramref name="since"/> on, newest first, from behind <paramref name="after"/> on.</summary>
    public static string Range(string endpointId, string? after, DateTimeOffset? since) => RowKeys.Range(
        endpointId,
        after is null ? Prefix : RowKeys.Behind(Key(after)),
        since is { } time ? RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(time))) : Prefix[..^1] + ";");

    /// <summary>The deliveries of the events of one millisecond.</summary>
    public static string RangeAt(string endpointId, DateTimeOffset moment) => RowKeys.Range(
        endpointId, RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(moment.AddMilliseconds(1)))), RowKeys.Behind(Prefix + SortableUuid.Complement(SortableUuid.LowestAt(moment))));

    /// <summary>All deliveries of events that happened before a time.</summary>
    public static string RangeBefore(string endpointId, DateTimeOffset before) =>
        RowKeys.Range(endpointId, Prefix + SortableUuid.Complement(SortableUuid.LowestAt(before)), Prefix[..^1] + ";");

    /// <summary>The id behind which the deliveries of events up to <paramref name="until"/> begin.</summary>
    public static string LastIdUntil(DateTimeOffset until) => EventRows.IdPrefix + SortableUuid.LowestAt(until.AddMilliseconds(1));

    /// <summary>The delivery, and its due row where an attempt is due, to be inserted.</summary>
    public static EntityGroup InsertNew(this EntityGroup group, WebhookDelivery delivery)
    {
        group.Insert(WriteNew(delivery));
        return delivery.NextAttemptAt is { } at ? group.Insert(WriteDue(delivery, at)) : group;
    }

    /// <summary>The changed delivery, with its due row moved, put there or taken away.</summary>
    public static EntityGroup MergeChange(this EntityGroup group, WebhookDelivery delivery, TableEntity asRead)
    {
        group.Merge(WriteChange(delivery), asRead.ETag);
        var old = DueKeyOf(asRead);
        var due = delivery.NextAttemptAt is { } at ? WriteDue(delivery, at) : null;
        if (old is not null && old == due?.RowKey)
            return group.Upsert(due);

        if (old is not null)
            group.Delete(asRead.PartitionKey, old);

        return due is null ? group : group.Insert(due);
    }

    /// <summary>A due row moved to a later time, and the delivery's note of where it is.</summary>
    /// <param name="attempt">The attempt that is due.</param>
    /// <param name="to">The later time.</param>
    /// <param name="asRead">The delivery's version.</param>
    /// <param name="wakeUps">How often the sweeper has woken this attempt by then.</param>
    public static EntityGroup MoveDue(
        this EntityGroup group, string ownerId, string endpointId, string dueKey, int attempt, DateTimeOffset to, ETag asRead, int wakeUps = 0)
    {
        var eventId = EventIdOf(dueKey);
        return group
            .Merge(new TableEntity(endpointId, Key(eventId)) { [Due] = DueKey(to, eventId) }, asRead)
            .Insert(new TableEntity(endpointId, DueKey(to, eventId)) { ["attempt"] = attempt, [WakeUps.Column] = wakeUps, [WorkMarks.OwnerColumn] = ownerId })
            .Delete(endpointId, dueKey);
    }

    /// <summary>The delivery's row as a transaction wrote it whose main row it is: what a read would find.</summary>
    public static TableEntity AsWritten(EntityGroup group, WriteResult.Committed written)
    {
        var row = (TableEntity)group.Main;
        row.ETag = written.MainETag;
        return row;
    }

    public static TableEntity WriteNew(WebhookDelivery delivery)
    {
        var row = WriteChange(delivery);
        row["owner_id"] = delivery.Event.OwnerId;
        row["event_id"] = delivery.Event.Id;
        row["event_type"] = delivery.Event.Type;
        row["event_created_at"] = delivery.Event.CreatedAt;
        row["traceparent"] = delivery.TraceParent;
        ChunkedDocument.Write(row, Body, delivery.Event.Body);
        return row;
    }

    /// <summary>The columns that change, to be merged: the event's bytes stay where they are.</summary>
    public static TableEntity WriteChange(WebhookDelivery delivery)
    {
        // A merge keeps what it does not name and cannot clear: an empty text says "none".
        var row = new TableEntity(delivery.EndpointId, Key(delivery.Event.Id))
        {
            ["state"] = delivery.State.ToString(),
            ["reason"] = delivery.Reason ?? "",
            ["attempt_count"] = delivery.AttemptCount,
            ["scheduled_count"] = delivery.ScheduledCount,
            ["scheduled_at"] = Print(delivery.ScheduledAt),
            ["resend_at"] = Print(delivery.ResendAt),
            ["recovery"] = delivery.RecoveryId ?? "",
            [Due] = delivery.NextAttemptAt is { } at ? DueKey(at, delivery.Event.Id) : "",
        };
        ChunkedDocument.Write(row, Attempts, JsonSerializer.SerializeToUtf8Bytes(delivery.Attempts, StoredDeliveryJson.Compact.IReadOnlyListDeliveryAttempt));
        return row;
    }

    /// <summary>The due row of the delivery's next attempt.</summary>
    public static TableEntity WriteDue(WebhookDelivery delivery, DateTimeOffset at) =>
        new(delivery.EndpointId, DueKey(at, delivery.Event.Id)) { ["attempt"] = delivery.AttemptCount + 1, [WorkMarks.OwnerColumn] = delivery.Event.OwnerId };

    public static int AttemptOf(TableEntity due) => due.GetInt32("attempt")!.Value;

    /// <summary>When the attempt is due that a due row is for.</summary>
    public static DateTimeOffset DueAtOf(string dueKey) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(dueKey.AsSpan(DuePrefix.Length, RowKeys.MillisecondsLength), NumberStyles.None, CultureInfo.InvariantCulture));

    public static string EventIdOf(string dueKey) => dueKey.Split(':', 3)[2];

    /// <summary>Whether no attempt is due: by the columns <c>due</c> alone.</summary>
    public static bool IsEnded(TableEntity row) => DueKeyOf(row) is null;

    /// <summary>The due row that stands beside the delivery; null: none.</summary>
    public static string? DueKeyOf(TableEntity row) => Text(row, Due);

    public static WebhookDelivery Read(TableEntity row) => new()
    {
        EndpointId = row.PartitionKey,
        Event = new WebhookEvent(
            row.GetString("event_id"),
            row.GetString("event_type"),
            row.GetString("owner_id"),
            row.GetDateTimeOffset("event_created_at")!.Value,
            ChunkedDocument.Read(row, Body)),
        State = Enum.Parse<DeliveryState>(row.GetString("state")),
        Reason = Text(row, "reason"),
        AttemptCount = row.GetInt32("attempt_count")!.Value,
        ScheduledCount = row.GetInt32("scheduled_count")!.Value,
        Attempts = JsonSerializer.Deserialize(ChunkedDocument.Read(row, Attempts).Span, StoredDeliveryJson.Compact.IReadOnlyListDeliveryAttempt)!,
        ScheduledAt = Time(row, "scheduled_at"),
        ResendAt = Time(row, "resend_at"),
        RecoveryId = Text(row, "recovery"),
        TraceParent = Text(row, "traceparent"),
    };

    /// <summary>Takes what receivers answered out of a row that was read whole: it may repeat what they were sent.</summary>
    public static void ForgetAnswers(TableEntity row)
    {
        var attempts = JsonSerializer.Deserialize(ChunkedDocument.Read(row, Attempts).Span, StoredDeliveryJson.Compact.IReadOnlyListDeliveryAttempt)!;
        IReadOnlyList<DeliveryAttempt> forgotten = [.. attempts.Select(static attempt => attempt with { ResponseBody = attempt.ResponseBody is null ? null : "" })];
        foreach (var column in row.Keys.Where(static column => column.StartsWith(Attempts, StringComparison.Ordinal)).ToList())
            row.Remove(column);
        ChunkedDocument.Write(row, Attempts, JsonSerializer.SerializeToUtf8Bytes(forgotten, StoredDeliveryJson.Compact.IReadOnlyListDeliveryAttempt));
    }

    private static string? Text(TableEntity row, string column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Time(TableEntity row, string column) =>
        Text(row, column) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string Print(DateTimeOffset? time) => time?.ToString("O") ?? "";
}
