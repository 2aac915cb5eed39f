using Microsoft.Extensions.Configuration;

namespace PaySg.LocalHost.Demo;

/// <summary>The demo owners of the settings <c>PaySg__Demo__…</c>.</summary>
internal sealed record DemoOwners(string PaymentServiceId, string ApiKey, string ViewOnlyApiKey)
{
    /// <summary>Reads them; null where the settings name none.</summary>
    public static DemoOwners? Of(IConfiguration configuration)
    {
        var demo = configuration.GetSection("PaySg:Demo");
        return demo["PaymentServiceId"] is { Length: > 0 } serviceId
            && demo["ApiKey"] is { Length: > 0 } apiKey
            && demo["ViewOnlyApiKey"] is { Length: > 0 } viewOnlyApiKey
            ? new DemoOwners(serviceId, apiKey, viewOnlyApiKey)
            : null;
    }
}
