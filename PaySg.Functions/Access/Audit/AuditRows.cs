namespace PaySg.Functions.Access.Audit;

/// <summary>
/// The audit log, in the partitions of what is changed, so that a change and its entry are one transaction: <c>t:</c> and the complement of the entry's UUID, which
/// is made of the time and of the write's id: the newest comes first, and a transaction has one entry. In the partition of all owners the owner's id stands between.
/// </summary>
internal static class AuditRows
{
    private const string Prefix = "t:";
    private const string Document = "doc";

    /// <summary>What the keys of an owner's entries begin with in a partition.</summary>
    public static string PrefixIn(string partitionKey, string ownerId) => partitionKey == AccessRows.Owners ? $"{Prefix}{ownerId}:" : Prefix;

    /// <summary>
    /// Adds to a transaction who has made the change; nothing where the actor is not audited. To be called when the main row is there: the entry goes beside it.
    /// </summary>
    /// <param name="ownerId">The payment service or account whose log it is.</param>
    /// <param name="action">What was done (<see cref="AuditAction"/>).</param>
    /// <param name="subject">The id of what it was done to.</param>
    public static EntityGroup Audit(
        this EntityGroup group, Actor by, string ownerId, DateTimeOffset now, string action, string subject, params IReadOnlyList<AuditChange> changes)
    {
        if (!by.IsAudited)
            return group;

        var partition = group.Main.PartitionKey;
        return group.Insert(Write(partition, PrefixIn(partition, ownerId), new AuditEntry(AuditEntry.IdOf(now, group.WriteId), by, action, subject, changes)));
    }

    /// <summary>The same of a change that may have changed nothing: then there is no entry.</summary>
    public static EntityGroup AuditChanges(
        this EntityGroup group, Actor by, string ownerId, DateTimeOffset now, string action, string subject, params IReadOnlyList<AuditChange> changes) =>
        changes.Count == 0 ? group : group.Audit(by, ownerId, now, action, subject, changes);

    /// <summary>The entries of a period in a place, the newest first.</summary>
    /// <param name="after">The id of the entry that they come after; null: from the newest on.</param>
    public static string Range(AuditPlace place, AuditFilter filter, string? after)
    {
        var start = filter.To is { } to ? Bound(place, to) : place.Prefix;
        var behind = after is null ? start : RowKeys.Behind(place.Prefix + PlaceOf(after));
        var end = filter.From is { } from ? Bound(place, from) : place.Prefix[..^1] + ';';
        return RowKeys.Range(place.PartitionKey, string.CompareOrdinal(behind, start) > 0 ? behind : start, end);
    }

    /// <summary>The entries of a place that are older than a time.</summary>
    public static string RangeBefore(AuditPlace place, DateTimeOffset before) => Range(place, AuditFilter.All with { To = before }, after: null);

    /// <summary>Sorts entries as their rows are sorted: the newest first.</summary>
    public static string PlaceOf(string id) => SortableUuid.Complement(id[AuditEntry.IdPrefix.Length..]);

    public static AuditEntry Read(TableEntity row) => new(
        AuditEntry.IdPrefix + SortableUuid.Complement(row.RowKey[(row.RowKey.LastIndexOf(':') + 1)..]),
        new Actor(Enum.Parse<ActorKind>(row.GetString("by_kind")), row.GetString("by_id"), row.GetString("by_address")),
        row.GetString("action"),
        row.GetString("subject"),
        ReadChanges(ChunkedDocument.Read(row, Document)));

    /// <summary>Prints changes as an array.</summary>
    public static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<AuditChange> changes)
    {
        json.WriteStartArray();
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static TableEntity Write(string partitionKey, string prefix, AuditEntry entry)
    {
        var row = new TableEntity(partitionKey, prefix + PlaceOf(entry.Id))
        {
            ["by_kind"] = entry.By.Kind.ToString(),
            ["by_id"] = entry.By.Id,
            ["by_address"] = entry.By.Address,
            ["action"] = entry.Action,
            ["subject"] = entry.Subject,
        };
        if (entry.Changes.Count > 0)
            ChunkedDocument.Write(row, Document, JsonText.Write(entry.Changes, WriteChanges));

        return row;
    }

    private static IReadOnlyList<AuditChange> ReadChanges(ReadOnlyMemory<byte> document) => document.IsEmpty ? [] :
    [
        .. JsonElement.Parse(document.Span).EnumerateArray().Select(static change =>
            new AuditChange(change.GetProperty("field").GetString()!, change.GetProperty("before").GetString(), change.GetProperty("after").GetString())),
    ];

    private static string Bound(AuditPlace place, DateTimeOffset time) => RowKeys.Behind(place.Prefix + SortableUuid.Complement(SortableUuid.LowestAt(time)));
}
