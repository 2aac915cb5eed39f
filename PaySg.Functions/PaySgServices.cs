using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Management;
using PaySg.Functions.Accounts;
using PaySg.Functions.Accounts.Management;
using PaySg.Functions.Checkout;
using PaySg.Functions.Checkout.Sandbox;
using PaySg.Functions.Configuration;
using PaySg.Functions.Contract;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Emails;
using PaySg.Functions.Health;
using PaySg.Functions.Housekeeping;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Ids;
using PaySg.Functions.Outbox;
using PaySg.Functions.Pages;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.Pages.Payments;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Payments;
using PaySg.Functions.Refunds;
using PaySg.Functions.SandboxEvents;
using PaySg.Functions.Singapay;
using PaySg.Functions.Storage;
using PaySg.Functions.UnknownPaths;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Events;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions;

/// <summary>What the functions are made of.</summary>
public static class PaySgServices
{
    /// <summary>Registers the product's services; each process and each group of functions has its own.</summary>
    /// <exception cref="PaySgConfigurationException">The settings are not usable.</exception>
    public static IServiceCollection AddPaySg(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PaySgSettingsReader.Read(configuration));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.AddSingleton<IdGenerator>();

        // Storage. A host may add policies or another transport of its own.
        services.TryAddSingleton<HttpPipelineTransport>(HttpClientTransport.Shared);
        services.AddSingleton(provider => new StorageConnection(
            configuration, provider.GetRequiredService<HttpPipelineTransport>(), provider.GetServices<HttpPipelinePolicy>()));
        services.TryAddSingleton(new QueueDelay());
        services.AddSingleton<StorageAdvice>();
        services.AddSingleton<HttpPipelinePolicy, CallerPatiencePolicy>();
        services.AddSingleton<PaySgTables>();
        services.AddSingleton<PaySgQueues>();
        services.AddSingleton<HotRowRetry>();
        services.AddSingleton<StorageReadiness>();

        // Access
        services.AddSingleton<AccessCache>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<PageMetrics>();
        services.AddSingleton<CallerAddress>();
        services.AddSingleton<WrongKeys>();
        services.AddSingleton<ApiKeyGate>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<PaymentServices>();
        services.AddSingleton<Owners>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<SecretKeyRegister>();
        services.AddSingleton<ManagementGate>();
        services.AddSingleton<CreatePaymentService>();
        services.AddSingleton<UpdatePaymentService>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<RevokeApiKey>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<CreateAccount>();
        services.AddSingleton<GetAccount>();
        services.AddSingleton<UpdateAccount>();
        services.AddSingleton<CreateCredential>();
        services.AddSingleton<RevokeCredential>();
        services.AddSingleton<IApiBoundary, ApiBoundary>();
        services.AddSingleton<KnownRoutes>();
        services.AddSingleton<OpenApiDocument>();
        services.AddSingleton<ApiBrowser>();

        // The Singapay API's access
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IssueAccessToken>();
        services.AddSingleton<BearerGate>();

        // Payments and the money rail
        services.AddSingleton<PaymentUrls>();
        services.AddSingleton<PaymentJson>();
        services.AddSingleton<PaymentStore>();
        services.AddSingleton<CreatePayment>();
        services.AddSingleton<ChargeAttemptAnswer>();
        services.AddSingleton<PayPayment>();
        services.AddSingleton<SettleAttempt>();
        services.AddSingleton<SimulatePayment>();
        services.AddSingleton<WithdrawAttempt>();
        services.AddSingleton<LookUpCharge>();
        services.AddOutboxWork<RepairCharge>();
        services.AddOutboxWork<FollowPendingCharge>();
        services.AddSingleton<TakeGatewayNotice>();
        services.AddSingleton<IChargeBook, PaymentChargeBook>();
        services.AddSingleton<IChargeBook, LinkChargeBook>();
        services.AddSingleton<SettleSandboxAttempt>();
        services.AddSingleton<CancelPayment>();
        services.AddSingleton<ListPayments>();
        services.AddSingleton<RefundPayment>();
        services.AddSingleton<SettleRefund>();
        services.AddOutboxWork<RepairRefund>();
        services.AddOutboxWork<RefundLateCharge>();
        services.AddSingleton<KeyedCalls>();
        services.AddSingleton<KeyedChange>();
        services.AddSingleton<ForgetIdempotencyKeys>();
        services.AddSingleton<DeleteOldHistories>();
        services.AddSingleton<DeleteOldRows>();
        services.AddSingleton<RenewSecrets>();
        services.AddSingleton<SandboxGateway>();
        services.TryAddSingleton<IGateway>(provider => provider.GetRequiredService<SandboxGateway>());
        services.AddSingleton<GatewayBorder>();

        // Payers' pages
        services.AddSingleton<PageAssets>();
        services.AddSingleton<PageAnswers>();
        services.AddSingleton<HomePage>();
        services.AddSingleton<PaymentPages>();
        services.AddSingleton<ShowPaymentPage>();
        services.AddSingleton<SubmitPaymentPage>();
        services.AddSingleton<LinkPages>();
        services.AddSingleton<LinkAttemptPages>();
        services.AddSingleton<FindLinkPage>();
        services.AddSingleton<ShowLinkPage>();
        services.AddSingleton<SubmitLinkPage>();

        // Payment links
        services.AddSingleton<PaymentLinkStore>();
        services.AddSingleton<PaymentLinkCounts>();
        services.AddSingleton<PaymentLinkUrls>();
        services.AddSingleton<PaymentLinkJson>();
        services.AddSingleton<CreatePaymentLink>();
        services.AddSingleton<UpdatePaymentLink>();
        services.AddSingleton<DeletePaymentLink>();
        services.AddSingleton<ListNewest>();
        services.AddSingleton<ListHistories>();
        services.AddSingleton<GetHistory>();
        services.AddSingleton<PaymentLinkEvents>();
        services.AddSingleton<LinkMethods>();
        services.AddSingleton<PayLink>();
        services.AddSingleton<LinkAttemptStore>();
        services.AddSingleton<SettleLinkAttempt>();
        services.AddOutboxWork<RepairLinkCharge>();
        services.AddOutboxWork<RefundLateLinkCharge>();
        services.AddSingleton<SimulateLinkAttempt>();

        // Mails to payers. A host may have a transport of its own.
        services.TryAddSingleton<IMailTransport, SmtpMailTransport>();
        services.AddSingleton<MailContent>();
        services.AddSingleton<PaymentMails>();
        services.AddSingleton<RecipientCounts>();
        services.AddSingleton<RequestLinkMail>();
        services.AddSingleton<SendMail>();

        // Webhooks
        services.AddSingleton<PaymentEvents>();
        services.AddSingleton<OutboxNudge>();
        services.AddSingleton<IAfterWrite>(provider => provider.GetRequiredService<OutboxNudge>());
        services.AddSingleton<Sweep>();
        services.AddSingleton<EgressPolicy>();
        services.AddSingleton<WebhookHttpClient>();
        services.AddSingleton<WebhookEndpointStore>();
        services.AddSingleton<CreateWebhookEndpoint>();
        services.AddSingleton<ListWebhookEndpoints>();
        services.AddSingleton<UpdateWebhookEndpoint>();
        services.AddSingleton<DeleteWebhookEndpoint>();
        services.AddSingleton<RotateWebhookSecret>();
        services.AddSingleton<WebhookEndpointEvents>();
        services.AddSingleton<ListEvents>();
        services.AddSingleton<GetEvent>();
        services.AddOutboxWork<FanOutEvent>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<ListDeliveries>();
        services.AddSingleton<GetDelivery>();
        services.AddSingleton<ResendDelivery>();
        services.AddSingleton<TestWebhookEndpoint>();
        services.AddSingleton<EndpointPlaces>();
        services.AddSingleton<HostLimits>();
        services.AddSingleton<EndpointHealth>();
        services.AddOutboxWork<EndDeletedEndpoint>();
        services.AddOutboxWork<TellEndpointDisabled>();
        services.AddSingleton<StartRecovery>();
        services.AddSingleton<GetRecovery>();
        services.AddOutboxWork<RunRecovery>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<SignEvent>();
        services.AddSingleton<PostEvent>();
        services.AddSingleton<DeliveryAlarm>();
        services.AddSingleton<DeliveryTurns>();
        services.AddSingleton<DeliverWebhook>();

        // Events for those who try out what receives them
        services.AddSingleton<TriggerPaymentEvent>();
        services.AddSingleton<TriggerEndpointEvent>();
        services.AddSingleton<TriggerLinkEvent>();
        services.AddSingleton<TriggerEvent>();
        return services;
    }
}
