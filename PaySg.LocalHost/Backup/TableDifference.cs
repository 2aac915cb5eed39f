namespace PaySg.LocalHost.Backup;

/// <summary>How the rows of a backup and those of a table compare.</summary>
internal sealed class TableDifference
{
    /// <summary>Rows of the backup that were looked at.</summary>
    public long Read { get; set; }

    /// <summary>Rows that are in the backup alone.</summary>
    public long Missing { get; set; }

    /// <summary>Rows that are in both, with different values.</summary>
    public long Differing { get; set; }

    /// <summary>Owner and subject of each redaction that came after the backup was made.</summary>
    public IList<string> RedactedSince { get; } = [];

    /// <summary>When a row of the table was last written, by storage's clock; null: it has none.</summary>
    public DateTimeOffset? LastWrite { get; set; }
}
