using Azure;

namespace PaySg.Functions.Platform.Storage;

/// <summary>What became of an <see cref="EntityGroup"/>.</summary>
internal abstract record WriteResult
{
    private WriteResult()
    {
    }

    /// <summary>All rows are written, by this try or by an earlier one whose answer was lost.</summary>
    /// <param name="MainETag">The main row's version.</param>
    public sealed record Committed(ETag MainETag) : WriteResult
    {
        /// <summary>The versions of all rows, in the order of the group; empty where an earlier try was recognised, of which only the main row was read.</summary>
        public IReadOnlyList<ETag> ETags { get; init; } = [];
    }

    /// <summary>No row is written: something was not as expected.</summary>
    /// <param name="FailedIndex">Which action failed.</param>
    /// <param name="Main">The main row as it is now; null where there is none.</param>
    public sealed record Conflict(int FailedIndex, TableEntity? Main) : WriteResult;
}
