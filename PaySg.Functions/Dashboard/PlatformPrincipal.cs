using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard;

/// <summary>
/// Reads who App Service has signed in: the header <c>X-MS-CLIENT-PRINCIPAL</c>, JSON in base64 ("Work with user identities in Azure App Service
/// authentication", Microsoft Learn). The platform takes away what comes from outside under that name; to be read only where the platform signs people in.
/// </summary>
internal static class PlatformPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const int Longest = 64 * 1024;

    // Short names, and those that the platform makes of them.
    private static readonly string[] TenantClaims = ["tid", "http://schemas.microsoft.com/identity/claims/tenantid"];
    private static readonly string[] ObjectClaims = ["oid", "http://schemas.microsoft.com/identity/claims/objectidentifier"];
    private static readonly string[] NameClaims = ["name"];

    // What somebody signs in by is the directory's word; an address under "email" may be their own.
    private static readonly string[] SignInClaims = ["preferred_username", "upn", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"];

    /// <summary>The person; null: nobody is signed in, or somebody of another directory.</summary>
    public static Person? Read(HttpRequest request, string tenantId)
    {
        if (request.Headers[Header] is not [{ Length: > 0 and <= Longest } text] || ReadClaims(text) is not { } claims)
            return null;

        var tenant = Find(claims, TenantClaims);
        var person = Find(claims, ObjectClaims);
        if (!tenantId.Equals(tenant, StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(person))
            return null;

        var signIn = Find(claims, SignInClaims)?.ToLowerInvariant();
        return new Person(tenantId, person.ToLowerInvariant(), Find(claims, NameClaims) ?? "", signIn is not null && EmailAddress.IsValid(signIn) ? signIn : null);
    }

    private static string? Find(Dictionary<string, string> claims, string[] names) => names.Select(claims.GetValueOrDefault).FirstOrDefault(value => value is not null);

    /// <summary>The first claim of each name; null: this is no principal.</summary>
    private static Dictionary<string, string>? ReadClaims(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(text));
            var claims = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var claim in json.RootElement.GetProperty("claims").EnumerateArray())
                claims.TryAdd(claim.GetProperty("typ").GetString()!, claim.GetProperty("val").GetString()!);

            return claims;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentNullException)
        {
            return null;
        }
    }
}
