using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway.Sandbox;

namespace PaySg.Functions.Gateway;

/// <summary>What the border to whoever moves the money is made of.</summary>
internal static class GatewayRegistration
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<TakeGatewayNotice>();
        services.AddSingleton<GatewayBorder>();
        services.AddSingleton<LookUpCharge>();
        services.AddSingleton<SandboxGateway>();
        services.AddSingleton<SettleSandboxAttempt>();
        services.AddSingleton<ISimulatedBank>(static provider => provider.GetRequiredService<SettleSandboxAttempt>());
        services.TryAddSingleton<IGateway>(static provider => provider.GetRequiredService<SandboxGateway>());
        return services;
    }
}
