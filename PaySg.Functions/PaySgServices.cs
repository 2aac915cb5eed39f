using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Dashboard;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Management;
using PaySg.Functions.Operations;
using PaySg.Functions.Pages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform;
using PaySg.Functions.Webhooks;

namespace PaySg.Functions;

/// <summary>The rooms that the app is composed of, from the ground up. Each registers what it is made of and reads its own settings.</summary>
internal static class PaySgServices
{
    /// <summary>Registers the product's services; each process and each group of functions has its own.</summary>
    /// <exception cref="PaySgConfigurationException">The settings are not usable.</exception>
    public static IServiceCollection AddPaySg(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        var app = PaySgSettings.Read(settings);
        services
            .AddPlatform(settings, app)
            .AddAccess(settings, app.Mode)
            .AddGateway(settings, app.Mode)
            .AddEvents()
            .AddPayments(settings)
            .AddPaymentLinks()
            .AddWebhooks(settings, app.Mode)
            .AddPages(settings, app.PublicBaseUrl)
            .AddManagement()
            .AddDashboard(settings)
            .AddOperations(settings);
        settings.ThrowIfRefused();
        return services;
    }
}
