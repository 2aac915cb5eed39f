using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Operations.Backup;
using PaySg.Functions.Operations.Contract;
using PaySg.Functions.Operations.Health;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Operations.SandboxEvents;
using PaySg.Functions.Operations.UnknownPaths;
using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.Operations;

/// <summary>What running the app: its contract, its housekeeping, and events for those who try out what receives them is made of.</summary>
internal static class OperationsRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services, SettingsReader settings)
    {
        services.AddSingleton(RetentionSettings.Read(settings));
        services.AddSingleton<StorageReadiness>();
        services.AddSingleton<KnownRoutes>();
        services.AddSingleton<OpenApiDocument>();
        services.AddSingleton<ApiBrowser>();

        services.AddSingleton<ForgetIdempotencyKeys>();
        services.AddSingleton<DeleteOldHistories>();
        services.AddSingleton<DeleteOldPayments>();
        services.AddSingleton<DeleteOldAuditLog>();
        services.AddSingleton<DeleteOldRows>();
        services.AddSingleton<RenewSecrets>();
        services.AddSingleton<IndexAllPayments>();

        services.AddSingleton(BackupSettings.Read(settings));
        services.AddSingleton<BackupMetrics>();
        services.AddSingleton<BackUpAll>();

        services.AddSingleton<TriggerPaymentEvent>();
        services.AddSingleton<TriggerEndpointEvent>();
        services.AddSingleton<TriggerLinkEvent>();
        services.AddSingleton<TriggerEvent>();
        return services;
    }
}
