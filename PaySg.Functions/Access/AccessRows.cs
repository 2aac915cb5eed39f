using System.Security.Cryptography;

namespace PaySg.Functions.Access;

/// <summary>The layout of the access table.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>owners</c> / owner id</term><description>every payment service, in one partition to list them from</description></item>
/// <item><term>owner id / <c>logo:</c> name</term><description>a logo (<see cref="LogoStore"/>)</description></item>
/// <item><term>owner id / <c>key:</c> key id</term><description>an API key as its owner lists it, with the hash of its secret</description></item>
/// <item><term>owner id / <c>revoked:</c> key id</term><description>the same of a key that was revoked, without the hash</description></item>
/// <item><term><c>code:…</c> / <c>owner</c></term><description>which payment service has this code; never changes</description></item>
/// <item><term><c>key:…</c> / <c>key</c></term><description>an API key by the SHA-256 of its secret, or the mark that it is revoked</description></item>
/// </list>
/// Records of idempotency keys stand in the partition of what their request changed: <c>owners</c> or an owner's.
/// </remarks>
internal static class AccessRows
{
    public const string Owners = "owners";
    public const string Owner = "owner";
    public const string Key = "key";
    public const string ServicePrefix = "payment_service_";
    public const string ListedKeyPrefix = "key:";
    public const string KeyIdPrefix = "key_";
    public const string GoneKeyPrefix = "revoked:";

    private const string SecretPrefix = "key:";
    private const string HashColumn = "hash";
    private const string RevokedColumn = "revoked_at";
    private const string MaskColumn = "mask";

    public static string CodePartition(string code) => $"code:{code}";

    // A key's secret has at least 128 bits of its own, so a plain SHA-256 cannot be searched back.
    public static string HashOf(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(secret, hash);
        return Convert.ToHexStringLower(hash);
    }

    public static string KeyPartition(string hash) => SecretPrefix + hash;

    /// <summary>The partition of a secret's row, in one text: it is made for every call.</summary>
    public static string KeyPartitionOf(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(secret, hash);
        Span<char> digits = stackalloc char[2 * SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(hash, digits, out _);
        return string.Concat(SecretPrefix, digits);
    }

    public static string ListedKey(string keyId) => ListedKeyPrefix + keyId;

    public static TableEntity Write(PaymentService service) => new(Owners, service.Id)
    {
        ["code"] = service.Code,
        ["name"] = service.Name,
        ["agency_name"] = service.AgencyName,
        ["agency_address"] = service.AgencyAddress,
        ["support_email"] = service.SupportEmail,
        ["support_phone"] = service.SupportPhone,
        ["email_greeting"] = service.EmailGreeting,
        ["logo_url"] = service.LogoUrl,
        ["logo_path"] = service.LogoPath,
        ["gst_rate_basis_points"] = service.GstRateBasisPoints,
        ["gst_registration_number"] = service.GstRegistrationNumber,
        ["stripe_account_id"] = service.StripeAccountId,
        ["created_at"] = service.CreatedAt,
        ["updated_at"] = service.UpdatedAt,
    };

    public static PaymentService ReadService(TableEntity row) => new(
        row.RowKey, row.GetString("code"), row.GetString("name"), row.GetDateTimeOffset("created_at")!.Value)
    {
        AgencyName = row.GetString("agency_name"),
        AgencyAddress = row.GetString("agency_address"),
        SupportEmail = row.GetString("support_email"),
        SupportPhone = row.GetString("support_phone"),
        EmailGreeting = row.GetString("email_greeting"),
        LogoUrl = row.GetString("logo_url"),
        LogoPath = row.GetString("logo_path"),
        GstRateBasisPoints = row.GetInt32("gst_rate_basis_points"),
        GstRegistrationNumber = row.GetString("gst_registration_number"),
        StripeAccountId = row.GetString("stripe_account_id"),
        UpdatedAt = row.GetDateTimeOffset("updated_at")!.Value,
    };

    /// <summary>The row that lets a secret in.</summary>
    public static TableEntity Write(ApiKey key, string hash) => Write(key, KeyPartition(hash), Key);

    /// <summary>The row that an owner's list is made of, and that leads from a key's id to its hash.</summary>
    public static TableEntity WriteListed(ApiKey key, string hash)
    {
        var row = Write(key, key.PaymentServiceId, ListedKey(key.Id));
        row[HashColumn] = hash;
        row[MaskColumn] = key.Mask;
        return row;
    }

    public static string GoneKey(string keyId) => GoneKeyPrefix + keyId;

    /// <summary>What stays on an owner's list of a key that is revoked.</summary>
    public static TableEntity WriteGone(ApiKey key, DateTimeOffset now)
    {
        var row = Write(key, key.PaymentServiceId, GoneKey(key.Id));
        row[MaskColumn] = key.Mask;
        row[RevokedColumn] = now;
        return row;
    }

    public static RevokedKey ReadGone(TableEntity row) => new(ReadKey(row), row.GetDateTimeOffset(RevokedColumn)!.Value);

    /// <summary>What stands in the place of <see cref="Write(ApiKey, string)"/>'s row once the key is revoked.</summary>
    public static TableEntity WriteRevoked(string hash, string keyId, DateTimeOffset now) => new(KeyPartition(hash), Key)
    {
        ["id"] = keyId,
        [RevokedColumn] = now,
    };

    public static bool IsRevoked(TableEntity row) => row.ContainsKey(RevokedColumn);

    public static string ReadHash(TableEntity listed) => listed.GetString(HashColumn);

    public static ApiKey ReadKey(TableEntity row) => new(
        row.GetString("id"),
        row.GetString("payment_service_id"),
        row.GetString("service_code"),
        row.GetString("creator_id"),
        PermissionNames.Parse(row.GetString("permissions")),
        row.GetString("label"),
        row.GetDateTimeOffset("created_at")!.Value)
    {
        Mask = row.GetString(MaskColumn),
    };

    private static TableEntity Write(ApiKey key, string partitionKey, string rowKey) => new(partitionKey, rowKey)
    {
        ["id"] = key.Id,
        ["payment_service_id"] = key.PaymentServiceId,
        ["service_code"] = key.ServiceCode,
        ["creator_id"] = key.CreatorId,
        ["permissions"] = PermissionNames.Format(key.Permissions),
        ["label"] = key.Label,
        ["created_at"] = key.CreatedAt,
    };

    private static void Hash(string secret, Span<byte> hash)
    {
        const int OnStack = 512;
        Span<byte> bytes = stackalloc byte[OnStack];
        if (Encoding.UTF8.TryGetBytes(secret, bytes, out var length))
        {
            SHA256.HashData(bytes[..length], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        }
    }
}
