namespace PaySg.Functions.Access.Audit;

/// <summary>A partition in which entries of an owner's log stand, beside what was changed.</summary>
/// <param name="PartitionKey">The partition.</param>
/// <param name="Prefix">What the keys of the entries begin with; ends with a colon.</param>
internal sealed record AuditPlace(TableClient Table, string PartitionKey, string Prefix);
