namespace PaySg.Functions.Access;

/// <summary>What a key did, in the partition of its payment service: <c>used:{key}</c>, and <c>refused:{key}</c> with its newest refused calls in one document.</summary>
internal static class KeyActivityRows
{
    public const string UsedPrefix = "used:";

    private const string RefusedPrefix = "refused:";
    private const string UsedOn = "used_on";
    private const string DayForm = "yyyy-MM-dd";
    private const string Document = "doc";

    public static string UsedKey(string keyId) => UsedPrefix + keyId;

    public static string RefusedKey(string keyId) => RefusedPrefix + keyId;

    public static string KeyIdOf(TableEntity used) => used.RowKey[UsedPrefix.Length..];

    public static TableEntity WriteUse(string paymentServiceId, string keyId, DateOnly day) =>
        new(paymentServiceId, UsedKey(keyId)) { [UsedOn] = day.ToString(DayForm, CultureInfo.InvariantCulture) };

    public static DateOnly ReadUse(TableEntity row) => DateOnly.ParseExact(row.GetString(UsedOn), DayForm, CultureInfo.InvariantCulture);

    public static TableEntity WriteRefused(string paymentServiceId, string keyId, IReadOnlyList<RefusedCall> refused)
    {
        var row = new TableEntity(paymentServiceId, RefusedKey(keyId));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(refused, StoredKeyActivityJson.Compact.IReadOnlyListRefusedCall));
        return row;
    }

    public static IReadOnlyList<RefusedCall> ReadRefused(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredKeyActivityJson.Compact.IReadOnlyListRefusedCall)!;
}
