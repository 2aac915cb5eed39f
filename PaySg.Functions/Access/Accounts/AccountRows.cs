namespace PaySg.Functions.Access.Accounts;

/// <summary>The rows of accounts and their credentials, in the access table.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>owners</c> / <c>account:</c> account id</term><description>an account: beside the payment services, to be listed and swept</description></item>
/// <item><term>account id / <c>logo:</c> name</term><description>a logo (<see cref="LogoStore"/>)</description></item>
/// <item><term>account id / <c>credential:</c> client id</term><description>a credential as its account lists it</description></item>
/// <item><term><c>client:</c> client id / <c>client</c></term><description>a credential with its encrypted secret, or the mark that it is revoked</description></item>
/// </list>
/// </remarks>
internal static class AccountRows
{
    public const string Prefix = "account:";
    public const string CredentialPrefix = "credential:";
    public const string Client = "client";
    public const string Secret = "secret";

    private const string ClientPrefix = "client:";
    private const string RevokedColumn = "revoked_at";

    public static string Key(string accountId) => Prefix + accountId;

    public static string IdOf(string rowKey) => rowKey[Prefix.Length..];

    public static string ClientPartition(string clientId) => ClientPrefix + clientId;

    public static string ListedKey(string clientId) => CredentialPrefix + clientId;

    public static TableEntity Write(Account account) => new(AccessRows.Owners, Key(account.Id))
    {
        ["name"] = account.Name,
        ["email"] = account.Email,
        ["phone"] = account.Phone,
        ["status"] = account.Status.ToString(),
        ["transaction_notif_url"] = account.TransactionNotifUrl,
        ["logo_url"] = account.LogoUrl,
        ["logo_path"] = account.LogoPath,
        ["created_at"] = account.CreatedAt,
        ["updated_at"] = account.UpdatedAt,
    };

    public static Account Read(TableEntity row) => new()
    {
        Id = IdOf(row.RowKey),
        Name = row.GetString("name"),
        Email = row.GetString("email"),
        Phone = row.GetString("phone"),
        Status = Enum.Parse<AccountStatus>(row.GetString("status")),
        TransactionNotifUrl = row.GetString("transaction_notif_url"),
        LogoUrl = row.GetString("logo_url"),
        LogoPath = row.GetString("logo_path"),
        CreatedAt = row.GetDateTimeOffset("created_at")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updated_at")!.Value,
    };

    /// <summary>The row that lets a client in.</summary>
    public static TableEntity Write(StoredCredential stored)
    {
        var row = Write(stored.Credential, ClientPartition(stored.Credential.ClientId), Client);
        row[Secret] = stored.ProtectedSecret;
        return row;
    }

    /// <summary>The row that an account's list is made of.</summary>
    public static TableEntity WriteListed(Credential credential) => Write(credential, credential.AccountId, ListedKey(credential.ClientId));

    /// <summary>What stands in the place of <see cref="Write(StoredCredential)"/>'s row once the credential is revoked: all but the secret.</summary>
    public static TableEntity WriteRevoked(Credential credential, DateTimeOffset now)
    {
        var row = Write(credential, ClientPartition(credential.ClientId), Client);
        row[RevokedColumn] = now;
        return row;
    }

    public static bool IsRevoked(TableEntity row) => row.ContainsKey(RevokedColumn);

    public static StoredCredential ReadStored(TableEntity row) => new(ReadCredential(row), row.GetString(Secret));

    public static Credential ReadCredential(TableEntity row) => new(
        row.GetString("client_id"),
        row.GetString("account_id"),
        row.GetString("partner_id"),
        row.GetString("label"),
        row.GetDateTimeOffset("created_at")!.Value);

    private static TableEntity Write(Credential credential, string partitionKey, string rowKey) => new(partitionKey, rowKey)
    {
        ["client_id"] = credential.ClientId,
        ["account_id"] = credential.AccountId,
        ["partner_id"] = credential.PartnerId,
        ["label"] = credential.Label,
        ["created_at"] = credential.CreatedAt,
    };
}
