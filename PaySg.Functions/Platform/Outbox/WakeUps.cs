namespace PaySg.Functions.Platform.Outbox;

/// <summary>How often the sweeper has woken a row that it moves on with each wake-up: a column of that row.</summary>
internal static class WakeUps
{
    public const string Column = "wake_ups";

    /// <summary>How often; a row that was never moved on does not have the column.</summary>
    public static int Of(TableEntity row) => row.GetInt32(Column) ?? 0;
}
