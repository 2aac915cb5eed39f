namespace PaySg.Functions.PaymentLinks;

/// <summary>The rows of payment links.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>account / <c>l:</c> complement of the id</term><description>the link: a forward scan is newest first, a get is a point read</description></item>
/// <item><term>account / <c>r:</c> <c>reff_no</c></term><description>the id of the link that has this <c>reff_no</c>, written with the link in one transaction,
/// so an account never has two links of one <c>reff_no</c>. When the link is deleted the row stays and says so: storage may do a create whose answer was lost
/// up to 30 s later, behind the delete, and there it must meet something</description></item>
/// <item><term><c>reff:</c> reff_no / <c>claim</c></term><description>which account has this <c>reff_no</c> permanently, and where its link was meant to be when
/// it was written last: a hint, which <see cref="PaymentLinkStore.FindByReffNoAsync"/> checks</description></item>
/// <item><term>account / <c>n:links</c></term><description>how many links there are up to one of them (<see cref="PaymentLinkCount"/>)</description></item>
/// </list>
/// </remarks>
internal static class PaymentLinkRows
{
    public const string Prefix = "l:";
    public const string Claim = "claim";
    public const string CountKey = "n:links";
    private const string Document = "doc";
    private const string LinkId = "link_id";
    private const string DeletedAt = "deleted_at";

    public static string Key(long id) => Prefix + PaymentLinkId.Complement(id);

    public static string NameKey(string reffNo) => $"r:{reffNo}";

    public static string ClaimPartition(string reffNo) => $"reff:{reffNo}";

    public static TableEntity WriteClaim(string reffNo, string accountId, long id) =>
        new(ClaimPartition(reffNo), Claim) { ["account_id"] = accountId, [LinkId] = id };

    public static PaymentLinkClaim ReadClaim(TableEntity row) =>
        new(row.PartitionKey[ClaimPartition("").Length..], row.GetString("account_id"), row.GetInt64(LinkId)!.Value);

    public static TableEntity WriteName(PaymentLink link) => new(link.AccountId, NameKey(link.ReffNo)) { [LinkId] = link.Id };

    /// <summary>The name of a link that is being deleted: from then on no link has it.</summary>
    public static TableEntity WriteFreeName(PaymentLink link, DateTimeOffset now)
    {
        var row = WriteName(link);
        row[DeletedAt] = now;
        return row;
    }

    /// <summary>The id of the link that has the name; null: it was deleted.</summary>
    public static long? ReadName(TableEntity row) => row.GetDateTimeOffset(DeletedAt) is null ? row.GetInt64(LinkId) : null;

    public static TableEntity Write(PaymentLink link)
    {
        var row = new TableEntity(link.AccountId, Key(link.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(link, StoredLinkJson.Compact.PaymentLink));
        return row;
    }

    public static PaymentLink Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredLinkJson.Compact.PaymentLink)!;
}
