using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>
/// Attempts in the partition of the account: <c>h:</c> and the complement of the id, so newest first. While one is in doubt or pending an outbox
/// row stands beside it.
/// </summary>
internal static class LinkAttemptRows
{
    public const string Prefix = "h:";
    public const string CountKey = "n:histories";
    private const string Document = "doc";

    public static string Key(long id) => Prefix + PaymentLinkId.Complement(id);

    /// <summary>The attempts that were begun in a span of time, newest first.</summary>
    /// <param name="begin">The first moment within; null: the beginning.</param>
    /// <param name="end">The first moment behind; null: the end.</param>
    public static string Range(string accountId, DateTimeOffset? begin, DateTimeOffset? end) => RowKeys.Range(
        accountId,
        end is { } behind ? RowKeys.Behind(Key(PaymentLinkId.LowestAt(behind))) : Prefix,
        begin is { } first ? RowKeys.Behind(Key(PaymentLinkId.LowestAt(first))) : Prefix[..^1] + ';');

    /// <summary>The attempts that were begun at a time or later, newest first.</summary>
    /// <param name="begin">The first moment within.</param>
    /// <param name="olderThan">The id of the attempt to begin behind; null: at the newest.</param>
    public static string Since(string accountId, DateTimeOffset begin, long? olderThan) => RowKeys.Range(
        accountId, olderThan is { } id ? RowKeys.Behind(Key(id)) : Prefix, RowKeys.Behind(Key(PaymentLinkId.LowestAt(begin))));

    public static TableEntity Write(LinkAttempt attempt)
    {
        var row = new TableEntity(attempt.AccountId, Key(attempt.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(attempt, StoredLinkJson.Compact.LinkAttempt));
        return row;
    }

    public static LinkAttempt Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredLinkJson.Compact.LinkAttempt)!;

    /// <summary>The row that stands beside an attempt until its outcome is known.</summary>
    public static OutboxRow Doubt(LinkAttempt attempt) => new(attempt.AccountId, attempt.CreatedAt, OutboxKind.LinkCharge, attempt.ReffNo);

    /// <summary>The row that has a pending attempt checked when it is due.</summary>
    public static OutboxRow SeenAfter(LinkAttempt attempt, DateTimeOffset due) => new(attempt.AccountId, due, OutboxKind.LinkCharge, attempt.ReffNo);

    /// <summary>The row that stands until what was charged too late is on its way back.</summary>
    public static OutboxRow LateCharge(LinkAttempt attempt, DateTimeOffset now) => new(attempt.AccountId, now, OutboxKind.LinkLateCharge, attempt.ReffNo);
}
