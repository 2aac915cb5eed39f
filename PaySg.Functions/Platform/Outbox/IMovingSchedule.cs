namespace PaySg.Functions.Platform.Outbox;

/// <summary>Outbox rows of a kind that are their work's schedule: each wake-up moves the row on, so whatever is late of them is to be woken.</summary>
internal interface IMovingSchedule
{
    /// <summary>The kind of the rows, one of <see cref="OutboxKind"/>.</summary>
    string Kind { get; }

    /// <summary>Moves a row to a later time. Nothing happens where its work was recorded just now: then the next row stands already.</summary>
    /// <param name="to">When it is woken again, should nobody do the work.</param>
    /// <param name="wakeUps">How often it was woken by then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task MoveOnAsync(OutboxRow row, DateTimeOffset to, int wakeUps, CancellationToken cancellationToken);
}
