namespace PaySg.Functions.Operations.Backup;

/// <summary>One day's backup, named by when it was due: each is due at 03:00 in Singapore, which is 19:00 UTC.</summary>
internal readonly record struct BackupRun(DateTimeOffset DueAt)
{
    private const string Form = "yyyy-MM-dd'T'HHmm'Z'";
    private const int HourUtc = 19;

    /// <summary>Its name: the folder of its blobs, such as <c>2026-11-27T1900Z</c>. Names sort as the runs do.</summary>
    public string Id => DueAt.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>What is written last: a run without it is not whole.</summary>
    public string ManifestName => $"{Id}/{BackupManifest.FileName}";

    /// <summary>The blob of a table.</summary>
    public string BlobOf(string table) => $"{Id}/{table}.jsonl.gz";

    /// <summary>The run that is or was due last.</summary>
    public static BackupRun LastDue(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date.AddHours(HourUtc), TimeSpan.Zero);
        return new BackupRun(today <= now ? today : today.AddDays(-1));
    }

    /// <summary>The run of a blob's name, or of its own id; null: it is none.</summary>
    public static BackupRun? Of(string name) =>
        DateTimeOffset.TryParseExact(name.Split('/')[0], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var dueAt) ? new BackupRun(dueAt) : null;
}
