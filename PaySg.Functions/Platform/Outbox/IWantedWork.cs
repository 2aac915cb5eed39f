namespace PaySg.Functions.Platform.Outbox;

/// <summary>Tells of outbox rows of a kind that nobody may want to be worked on: they need no message, and the sweep deletes them.</summary>
internal interface IWantedWork
{
    /// <summary>The kind of the rows, one of <see cref="OutboxKind"/>.</summary>
    string Kind { get; }

    /// <summary>The columns that tell.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// Whether a row that was written just now is to be worked on at once, as far as this process knows, which may be 10 s old. If not, the row stands, and the
    /// sweep decides.
    /// </summary>
    Task<bool> MayBeWantedAsync(TableEntity row);

    /// <summary>Reads from storage who wants what, and tells of rows that were read before.</summary>
    /// <param name="ownerId">Whose rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Func<TableEntity, bool>> ReadAsync(string ownerId, CancellationToken cancellationToken);
}
