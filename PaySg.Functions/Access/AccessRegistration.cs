using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Access;

/// <summary>What letting callers in is made of.</summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, SettingsReader settings, PaySgMode mode)
    {
        services.AddSingleton(AccessSettings.Read(settings, mode));
        services.AddSingleton<AccessCache>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<PageMetrics>();
        services.AddSingleton<CallerAddress>();
        services.AddSingleton<WrongKeys>();
        services.TryAddSingleton(KeyActivityPeriod.Usual);
        services.AddSingleton<KeyActivityStore>();
        services.AddSingleton<KeyActivities>();
        services.AddSingleton<ApiKeyGate>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<PaymentServiceStore>();
        services.AddSingleton<OwnerDirectory>();
        services.AddSingleton<MemberStore>();
        services.AddSingleton<LogoStore>();
        services.AddSingleton<IOwners, Owners>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<SecretKeyRegister>();
        services.AddSingleton<ISweepStart>(static provider => provider.GetRequiredService<SecretKeyRegister>());
        services.AddSingleton<ManagementGate>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IssueAccessToken>();
        services.AddSingleton<BearerGate>();
        services.AddSingleton<SingapayBoundary>();
        return services;
    }
}
