using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Redaction;

/// <summary>The audit of a redaction in the partition of its owner: <c>u:{payment}</c>, or <c>u:{number}</c> of an attempt on a link. It holds no data of a payer's and stays.</summary>
internal static class RedactionRows
{
    private const string Prefix = "u:";

    public static string Key(string subject) => Prefix + subject;

    /// <summary>What was redacted, by the key of its audit; null: it is another row.</summary>
    public static string? SubjectOf(string rowKey) => rowKey.StartsWith(Prefix, StringComparison.Ordinal) ? rowKey[Prefix.Length..] : null;

    /// <summary>That it was asked for.</summary>
    /// <param name="keptFields">The fields that stay.</param>
    /// <param name="keptUntil">How long they must; null: none does.</param>
    /// <param name="by">Who asked.</param>
    public static TableEntity Begun(string ownerId, string subject, IReadOnlyList<string> keptFields, DateTimeOffset? keptUntil, Actor by, DateTimeOffset now)
    {
        var row = new TableEntity(ownerId, Key(subject)) { ["asked_at"] = now, ["asked_by"] = by.Id, ["kept_fields"] = string.Join(',', keptFields) };
        if (keptUntil is { } until)
            row["kept_until"] = until;
        return row;
    }

    /// <summary>Since when no copy is left; null: that work goes on.</summary>
    public static DateTimeOffset? EndedAtOf(TableEntity row) => row.GetDateTimeOffset("ended_at");

    /// <summary>That no copy is left, to be merged.</summary>
    public static TableEntity Ended(string ownerId, string subject, RedactedCopies copies, DateTimeOffset now) => new(ownerId, Key(subject))
    {
        ["ended_at"] = now, ["events"] = copies.Events, ["deliveries"] = copies.Deliveries, ["answers"] = copies.Answers, ["attempts"] = copies.Attempts,
    };
}
