using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Gateway.Stripe;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Gateway;

/// <summary>What the border to whoever moves the money is made of.</summary>
internal static class GatewayRegistration
{
    public static IServiceCollection AddGateway(this IServiceCollection services, SettingsReader settings, PaySgMode mode)
    {
        services.AddSingleton<TakeGatewayNotice>();
        services.AddSingleton<GatewayBorder>();
        services.AddSingleton<LookUpCharge>();
        services.AddSingleton<SandboxGateway>();
        services.AddSingleton<SettleSandboxAttempt>();
        services.AddSingleton<ISimulatedBank>(static provider => provider.GetRequiredService<SettleSandboxAttempt>());

        // A key of Stripe's chooses Stripe; none chooses the sandbox, in test mode alone. A host may have a gateway of its own.
        if (StripeSettings.Read(settings, mode) is not { } stripe)
        {
            services.TryAddSingleton<IGateway>(static provider => provider.GetRequiredService<SandboxGateway>());
            return services;
        }

        services.AddSingleton(stripe);
        services.AddSingleton<StripeApi>();
        services.AddSingleton<StripeCharges>();
        services.TryAddSingleton<IGateway, StripeGateway>();
        services.AddSingleton<TakeStripeNotice>();
        services.AddOutboxWork<WorkStripeNotice>();
        return services;
    }
}
