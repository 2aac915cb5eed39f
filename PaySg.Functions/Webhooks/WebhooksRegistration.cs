using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Webhooks;

/// <summary>What webhook endpoints and the deliveries to them is made of.</summary>
internal static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, SettingsReader settings, PaySgMode mode)
    {
        services.AddSingleton(WebhookSettings.Read(settings, mode));
        services.AddSingleton<EgressPolicy>();
        services.AddSingleton<WebhookHttpClient>();

        services.AddSingleton<WebhookEndpointStore>();
        services.AddSingleton<CreateWebhookEndpoint>();
        services.AddSingleton<ListWebhookEndpoints>();
        services.AddSingleton<UpdateWebhookEndpoint>();
        services.AddSingleton<DeleteWebhookEndpoint>();
        services.AddSingleton<RotateWebhookSecret>();
        services.AddSingleton<TestWebhookEndpoint>();
        services.AddSingleton<WebhookEndpointEvents>();
        services.AddSingleton<EndpointPlaces>();
        services.AddSingleton<EndpointHealth>();
        services.AddOutboxWork<EndDeletedEndpoint>();
        services.AddOutboxWork<TellEndpointDisabled>();

        services.AddOutboxWork<FanOutEvent>();
        services.AddSingleton<IWantedWork, WantedEvents>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<ListDeliveries>();
        services.AddSingleton<GetDelivery>();
        services.AddSingleton<AuditedEndpoints>();
        services.AddSingleton<ResendDelivery>();
        services.AddSingleton<HostLimits>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<SignEvent>();
        services.AddSingleton<PostEvent>();
        services.AddSingleton<DeliveryAlarm>();
        services.AddSingleton<DeliveryTurns>();
        services.AddSingleton<PostInPlace>();
        services.AddSingleton<RecordAttempt>();
        services.AddSingleton<FirstAttempt>();
        services.AddSingleton<DeliverWebhook>();
        services.AddSingleton<ISweep, SweepDeliveries>();

        services.AddSingleton<StartRecovery>();
        services.AddSingleton<GetRecovery>();
        services.AddOutboxWork<RunRecovery>();
        return services;
    }
}
