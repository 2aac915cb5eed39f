using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Dashboard;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.SignIn;

/// <summary>
/// What App Service authentication does to a request where it is turned on (<c>WEBSITE_AUTH_ENABLED</c>): headers that say who somebody is are taken away, and set
/// by the platform alone. Where it is turned off they pass, whoever sent them.
/// </summary>
internal static class PlatformHeaders
{
    /// <summary>The cookie that holds who somebody chose to be.</summary>
    public const string Cookie = "PaySgLocalPerson";

    private static readonly string[] Own = ["X-MS-CLIENT-PRINCIPAL", "X-MS-TOKEN-"];

    /// <summary>Sets the headers as the platform would.</summary>
    public static void Set(HttpRequest request, AppSettings settings)
    {
        if (!settings.IsOn("WEBSITE_AUTH_ENABLED"))
            return;

        foreach (var name in request.Headers.Keys.Where(name => Own.Any(own => name.StartsWith(own, StringComparison.OrdinalIgnoreCase))).ToList())
            request.Headers.Remove(name);
        if (DemoPerson.Find(request.Cookies[Cookie]) is { } person && settings["PaySg__Dashboard__TenantId"] is { } tenant)
            request.Headers[PlatformPrincipal.Header] = Convert.ToBase64String(PrincipalOf(person, tenant));
    }

    /// <summary>The header's content, before base64.</summary>
    public static byte[] PrincipalOf(DemoPerson person, string tenantId) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        auth_typ = "aad",
        claims = new[]
        {
            new { typ = "http://schemas.microsoft.com/identity/claims/tenantid", val = tenantId },
            new { typ = "http://schemas.microsoft.com/identity/claims/objectidentifier", val = person.ObjectId },
            new { typ = "name", val = person.Name },
            new { typ = "preferred_username", val = person.Email },
        },
        name_typ = "name",
        role_typ = "roles",
    });
}
