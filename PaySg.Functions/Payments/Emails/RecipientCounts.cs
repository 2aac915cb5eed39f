using System.Security.Cryptography;
using PaySg.Functions.Access;

namespace PaySg.Functions.Payments.Emails;

/// <summary>
/// Counts the mails to each address, a payment service and day apart, in the payment service's partition: <c>c:{day}:{hash}</c>. The hash is keyed, so the rows
/// tell nobody which addresses they are of, and are worth nothing without the app's key.
/// </summary>
internal sealed class RecipientCounts
{
    private const string Prefix = "c:";
    private const string Count = "count";
    private const int HashLength = 16;

    private readonly PaySgTables tables;
    private readonly int limit;
    private readonly byte[] key;

    /// <summary>Derives its own key from the one that secrets are encrypted with: when that is rotated, the day's counts start again.</summary>
    public RecipientCounts(PaySgTables tables, PaymentSettings settings, AccessSettings access)
    {
        this.tables = tables;
        limit = settings.MailsPerRecipientAndDay;
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, access.CurrentSecretKey.Bytes, HMACSHA256.HashSizeInBytes, info: "paysg mail recipients"u8.ToArray());
    }

    /// <summary>The day and the address that a mail counts for.</summary>
    public RecipientDay DayOf(string paymentServiceId, string address, DateTimeOffset now)
    {
        var day = now.ToOffset(SingaporeTime.Offset).Date;
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{paymentServiceId}\n{Mailbox(address)}")).AsSpan(0, HashLength);
        return new RecipientDay(
            $"{Prefix}{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}:{Convert.ToHexStringLower(hash)}",
            new DateTimeOffset(day, SingaporeTime.Offset).AddDays(1));
    }

    /// <summary>The row that counts; null: there was no mail yet.</summary>
    public async Task<TableEntity?> FindAsync(string paymentServiceId, RecipientDay day)
    {
        return await tables.Payments.FindAsync(paymentServiceId, day.RowKey);
    }

    /// <summary>Whether the address has had as many as it may.</summary>
    public bool IsFull(TableEntity? counted) => limit > 0 && (counted?.GetInt32(Count) ?? 0) >= limit;

    /// <summary>Counts one more in the transaction of the mail. Where nothing was read the row is inserted, so that a conflict at its place says that there is one.</summary>
    public static void Add(EntityGroup group, string paymentServiceId, RecipientDay day, TableEntity? counted)
    {
        var row = new TableEntity(paymentServiceId, day.RowKey) { [Count] = (counted?.GetInt32(Count) ?? 0) + 1 };
        _ = counted is null ? group.Insert(row) : group.Replace(row, counted.ETag);
    }

    /// <summary>All rows of days that are over.</summary>
    public static string RangeBefore(string paymentServiceId, DateTimeOffset now) =>
        RowKeys.Range(paymentServiceId, Prefix, Prefix + now.ToOffset(SingaporeTime.Offset).ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    /// <summary>Spellings that reach one and the same person count as one: case, and what follows a plus sign before the @.</summary>
    private static string Mailbox(string address)
    {
        var at = address.LastIndexOf('@');
        var user = at < 0 ? address : address[..at];
        var plus = user.IndexOf('+', StringComparison.Ordinal);
        return $"{(plus > 0 ? user[..plus] : user)}{(at < 0 ? "" : address[at..])}".Trim().ToUpperInvariant();
    }
}
