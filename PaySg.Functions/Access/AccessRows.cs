using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace PaySg.Functions.Access;

/// <summary>The layout of the access table.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>owners</c> / owner id</term><description>every owner, in one partition to list them from</description></item>
/// <item><term>owner id / <c>owner</c></term><description>one payment service</description></item>
/// <item><term><c>code:…</c> / <c>owner</c></term><description>which payment service has this code; never changes</description></item>
/// <item><term><c>key:…</c> / <c>key</c></term><description>an API key by the SHA-256 of its secret</description></item>
/// </list>
/// </remarks>
internal static class AccessRows
{
    public const string Owners = "owners";
    public const string Owner = "owner";
    public const string Key = "key";

    public static string CodePartition(string code) => $"code:{code}";

    // A key's secret has at least 128 bits of its own, so a plain SHA-256 cannot be searched back.
    public static string KeyPartition(string secret) => $"key:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))}";

    public static TableEntity Write(PaymentService service) => new(service.Id, Owner)
    {
        ["code"] = service.Code,
        ["name"] = service.Name,
        ["created_at"] = service.CreatedAt,
    };

    public static PaymentService ReadService(TableEntity row) => new(
        row.PartitionKey, row.GetString("code"), row.GetString("name"), row.GetDateTimeOffset("created_at")!.Value);

    public static TableEntity Write(ApiKey key, string secret) => new(KeyPartition(secret), Key)
    {
        ["id"] = key.Id,
        ["payment_service_id"] = key.PaymentServiceId,
        ["service_code"] = key.ServiceCode,
        ["creator_id"] = key.CreatorId,
        ["permissions"] = PermissionNames.Format(key.Permissions),
    };

    public static ApiKey ReadKey(TableEntity row) => new(
        row.GetString("id"),
        row.GetString("payment_service_id"),
        row.GetString("service_code"),
        row.GetString("creator_id"),
        PermissionNames.Parse(row.GetString("permissions")));
}
