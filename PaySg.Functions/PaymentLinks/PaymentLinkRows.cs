using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Storage;

namespace PaySg.Functions.PaymentLinks;

/// <summary>The rows of payment links.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>account / <c>l:</c> complement of the id</term><description>the link: a forward scan is newest first, a get is a point read</description></item>
/// <item><term><c>reff:</c> reff_no / <c>claim</c></term><description>which account and which link id has this <c>reff_no</c>: it is inserted before the link,
/// and the same account may take it over, under the link id that it names</description></item>
/// </list>
/// </remarks>
internal static class PaymentLinkRows
{
    public const string Prefix = "l:";
    public const string Claim = "claim";
    private const string Document = "doc";

    public static string Key(long id) => Prefix + PaymentLinkId.Complement(id);

    public static string ClaimPartition(string reffNo) => $"reff:{reffNo}";

    public static TableEntity WriteClaim(string reffNo, string accountId, long id) =>
        new(ClaimPartition(reffNo), Claim) { ["account_id"] = accountId, ["link_id"] = id };

    public static PaymentLinkClaim ReadClaim(TableEntity row) => new(row.GetString("account_id"), row.GetInt64("link_id")!.Value);

    public static TableEntity Write(PaymentLink link)
    {
        var row = new TableEntity(link.AccountId, Key(link.Id));
        ChunkedDocument.Write(row, Document, JsonSerializer.SerializeToUtf8Bytes(link, StoredJson.Compact.PaymentLink));
        return row;
    }

    public static PaymentLink Read(TableEntity row) =>
        JsonSerializer.Deserialize(ChunkedDocument.Read(row, Document).Span, StoredJson.Compact.PaymentLink)!;
}
