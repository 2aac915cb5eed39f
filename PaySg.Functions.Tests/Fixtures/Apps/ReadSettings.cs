using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Webhooks;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The settings of all rooms, as the app reads them.</summary>
internal sealed record ReadSettings(PaySgSettings App, AccessSettings Access, PaymentSettings Payments, WebhookSettings Webhooks)
{
    public static ReadSettings From(IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddPaySg(configuration).BuildServiceProvider();
        return new(
            services.GetRequiredService<PaySgSettings>(),
            services.GetRequiredService<AccessSettings>(),
            services.GetRequiredService<PaymentSettings>(),
            services.GetRequiredService<WebhookSettings>());
    }

    public static PaySgSettings OfApp(string publicBaseUrl = "https://pay.agency.gov.sg") => new() { Mode = PaySgMode.Test, PublicBaseUrl = publicBaseUrl };

    public static AccessSettings OfAccess() => new() { CurrentSecretKey = new SecretKey("k1", new byte[32]), CurrentTokenKey = new SecretKey("k1", new byte[32]) };
}
