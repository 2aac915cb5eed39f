namespace PaySg.Functions.Operations.Backup;

/// <summary>What a whole backup holds. It is written last.</summary>
/// <param name="Format">Which form the blobs have: <see cref="Current"/>.</param>
/// <param name="Run">The run's id.</param>
/// <param name="EndedAt">When the last row was read.</param>
/// <param name="Tables">Each table.</param>
/// <param name="Account">The storage account that it is of; null: an older release made it, which did not write that down.</param>
internal sealed record BackupManifest(string Format, string Run, DateTimeOffset EndedAt, IReadOnlyList<BackedUpTable> Tables, string? Account = null)
{
    /// <summary>Gzip members, one after the other, of lines of <see cref="RowJson"/>.</summary>
    public const string Current = "paysg-backup/1";

    /// <summary>The name of the file or blob, within the folder of a backup.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As it is stored.</summary>
    public BinaryData Write() => BinaryData.FromObjectAsJson(this, Json);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another form.</exception>
    public static BackupManifest Read(BinaryData data)
    {
        try
        {
            return data.ToObjectFromJson<BackupManifest>(Json) is { Format: Current, Tables: not null } read ? read : throw new InvalidDataException($"The manifest is not of the form {Current}.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The manifest is damaged.", fault);
        }
    }
}
