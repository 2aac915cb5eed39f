using Microsoft.Extensions.Configuration;
using PaySg.Functions.Access;

namespace PaySg.LocalHost.Demo;

/// <summary>The demo owners of the settings <c>PaySg__Demo__…</c>, and the management key as it may be printed.</summary>
internal sealed record DemoOwners(string PaymentServiceId, string ApiKey, string ViewOnlyApiKey, DemoAccount? Account, string ManagementKey)
{
    /// <summary>Reads them; null where the settings name none.</summary>
    public static DemoOwners? Of(IConfiguration configuration)
    {
        var demo = configuration.GetSection("PaySg:Demo");
        return demo["PaymentServiceId"] is { Length: > 0 } serviceId
            && demo["ApiKey"] is { Length: > 0 } apiKey
            && demo["ViewOnlyApiKey"] is { Length: > 0 } viewOnlyApiKey
            ? new DemoOwners(serviceId, apiKey, viewOnlyApiKey, DemoAccount.Of(demo), Printable(configuration["PaySg:ManagementKey"]))
            : null;
    }

    /// <summary>What to try it with, each with its name.</summary>
    public IEnumerable<(string Name, string Value)> Lines =>
    [
        ("management key", ManagementKey),
        ("payment service", PaymentServiceId),
        ("API key, all permissions", ApiKey),
        ("API key, view only", ViewOnlyApiKey),
        ("account", Account?.AccountId ?? "none"),
        ("client id, secret", Account is null ? "none" : $"{Account.ClientId}, {Account.ClientSecret}"),
        ("X-PARTNER-ID", Account?.PartnerId ?? "none"),
    ];

    /// <summary>Only the published key is shown: one of the developer's own may be a real one.</summary>
    private static string Printable(string? managementKey) => managementKey switch
    {
        null or "" => "none: there is no management API",
        PublishedKeys.ManagementKey => managementKey,
        _ => "that of PaySg__ManagementKey",
    };
}
