namespace PaySg.Functions.Access.Audit;

/// <summary>What a field was and is. It never holds a payer's data or a secret.</summary>
internal sealed record AuditChange
{
    /// <summary>How many characters of a text are kept: a row stays small whatever was typed.</summary>
    public const int MostCharacters = 300;

    /// <param name="field">As the API names it.</param>
    /// <param name="before">Null: it was empty, or there was nothing before.</param>
    /// <param name="after">Null: it is empty now.</param>
    public AuditChange(string field, string? before, string? after) => (Field, Before, After) = (field, Cut(before), Cut(after));

    public string Field { get; }

    public string? Before { get; }

    public string? After { get; }

    /// <summary>Of something that was made.</summary>
    public static AuditChange Set(string field, string? value) => new(field, before: null, value);

    /// <summary>A number of something that was made.</summary>
    public static AuditChange Set(string field, long value) => Set(field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The fields that are no longer as they were.</summary>
    public static AuditChange[] Between(params ReadOnlySpan<(string Field, string? Before, string? After)> fields)
    {
        var changes = new List<AuditChange>();
        foreach (var (field, before, after) in fields)
        {
            if (before != after)
                changes.Add(new AuditChange(field, before, after));
        }

        return [.. changes];
    }

    /// <summary>That a field is no longer as it was, and not what it was or is.</summary>
    public static AuditChange[] Unshown(string field, bool isChanged) => isChanged ? [new AuditChange(field, before: null, after: null)] : [];

    /// <summary>An address without what may be a secret in it, its query: six digits of its hash tell one from another.</summary>
    public static string? WithoutQuery(string? url)
    {
        var start = url?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        return start < 0 ? url : $"{url![..start]}?…{AccessRows.HashOf(url[start..])[..6]}";
    }

    private static string? Cut(string? text) => text is null || text.Length <= MostCharacters ? text : TextStart.Of(text, MostCharacters) + "…";
}
