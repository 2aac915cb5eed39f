namespace PaySg.Functions.Access.Audit;

/// <summary>Something that was done to what belongs to a payment service or an account: who did what, when, and what is different since.</summary>
/// <param name="Id">Such as <c>audit_…</c>: a UUID that sorts by time.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What (<see cref="AuditAction"/>).</param>
/// <param name="Subject">The id of what it was done to.</param>
/// <param name="Changes">What is different; empty: that it was done says all.</param>
internal sealed record AuditEntry(string Id, Actor By, string Action, string Subject, IReadOnlyList<AuditChange> Changes)
{
    public const string IdPrefix = "audit_";

    /// <summary>When it was done, to the millisecond.</summary>
    public DateTimeOffset At => SortableUuid.TimeOf(Id[IdPrefix.Length..]);

    /// <summary>The id of the entry of a write: its time, and digits of the write's own id.</summary>
    public static string IdOf(DateTimeOffset time, string writeId) =>
        $"{IdPrefix}{SortableUuid.LowestAt(time)[..13]}-7{writeId[..3]}-8{writeId[3..6]}-{writeId[6..18]}";
}
