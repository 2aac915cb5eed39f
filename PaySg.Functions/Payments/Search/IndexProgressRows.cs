namespace PaySg.Functions.Payments.Search;

/// <summary>The row <c>n:indexed</c> in the partition of a payment service.</summary>
internal static class IndexProgressRows
{
    public const string Key = "n:indexed";

    private const string After = "after";
    private const string Passes = "passes";
    private const string PassedAt = "passed_at";

    /// <summary>What the row says; where there is none, nothing was looked at yet.</summary>
    public static IndexProgress Read(TableEntity? row) => new(row?.GetString(After), row?.GetInt32(Passes) ?? 0, row?.GetDateTimeOffset(PassedAt));

    public static TableEntity Write(IndexProgress progress, string paymentServiceId) => new(paymentServiceId, Key)
    {
        [After] = progress.After,
        [Passes] = progress.Passes,
        [PassedAt] = progress.PassedAt,
    };
}
