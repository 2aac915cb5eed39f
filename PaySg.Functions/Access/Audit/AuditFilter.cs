namespace PaySg.Functions.Access.Audit;

/// <summary>Which entries of a log are asked for.</summary>
/// <param name="From">From this time on; null: from the first.</param>
/// <param name="To">Before this time; null: until now.</param>
/// <param name="By">Whose: an id, or a part of an email address, in small letters. Null: everybody's.</param>
internal sealed record AuditFilter(DateTimeOffset? From, DateTimeOffset? To, string? By)
{
    public static AuditFilter All { get; } = new(null, null, null);

    /// <summary>Whether an entry of the period is asked for.</summary>
    public bool Fits(AuditEntry entry) => By is null || entry.By.Id == By || entry.By.Address?.Contains(By, StringComparison.Ordinal) == true;
}
