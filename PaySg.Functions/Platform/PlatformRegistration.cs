using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Platform;

/// <summary>What the ground that every room stands on is made of.</summary>
internal static class PlatformRegistration
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, SettingsReader settings, PaySgSettings app)
    {
        StorageSettings.Check(settings);
        services.AddSingleton(app);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.AddSingleton<IdGenerator>();

        // A host may add policies or another transport of its own.
        services.TryAddSingleton<HttpPipelineTransport>(HttpClientTransport.Shared);
        services.AddSingleton(provider => new StorageConnection(
            settings.Configuration, provider.GetRequiredService<HttpPipelineTransport>(), provider.GetServices<HttpPipelinePolicy>()));
        services.TryAddSingleton(new QueueDelay());
        services.AddSingleton<StorageAdvice>();
        services.AddSingleton<HttpPipelinePolicy, CallerPatiencePolicy>();
        services.AddSingleton<WorkMarks>();
        services.AddSingleton<IWorkIndex>(static provider => provider.GetRequiredService<WorkMarks>());
        services.AddSingleton<PaySgTables>();
        services.AddSingleton<PaySgQueues>();
        services.AddSingleton<HotRowRetry>();
        services.AddSingleton<IApiBoundary, ApiBoundary>();
        services.AddSingleton<KeyedCalls>();
        services.AddSingleton<KeyedChange>();
        services.AddSingleton<OutboxNudge>();
        services.AddSingleton<IAfterWrite>(static provider => provider.GetRequiredService<OutboxNudge>());
        services.AddSingleton<Sweep>();
        return services;
    }
}
