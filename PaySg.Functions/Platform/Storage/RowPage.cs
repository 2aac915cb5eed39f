namespace PaySg.Functions.Platform.Storage;

/// <summary>One page of a range of rows.</summary>
/// <param name="Entries">What was found.</param>
/// <param name="HasNext">Whether there is more to read.</param>
/// <param name="StoppedAt">The last row looked at, where the page ends short of its limit although there is more; else null.</param>
public sealed record RowPage<T>(IReadOnlyList<T> Entries, bool HasNext, T? StoppedAt)
    where T : class;
