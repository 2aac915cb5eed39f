using Microsoft.Extensions.Configuration;

namespace PaySg.LocalHost.Demo;

/// <summary>The demo account of the Singapay API and its one credential.</summary>
internal sealed record DemoAccount(string AccountId, string ClientId, string ClientSecret, string PartnerId)
{
    /// <summary>Reads it from the settings <c>PaySg__Demo__…</c>; null where they name none.</summary>
    public static DemoAccount? Of(IConfigurationSection demo) =>
        demo["AccountId"] is { Length: > 0 } accountId
        && demo["ClientId"] is { Length: > 0 } clientId
        && demo["ClientSecret"] is { Length: > 0 } clientSecret
        && demo["PartnerId"] is { Length: > 0 } partnerId
            ? new DemoAccount(accountId, clientId, clientSecret, partnerId)
            : null;
}
