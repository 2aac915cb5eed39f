using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.PaymentLinks;

/// <summary>What payment links and the attempts on them is made of.</summary>
internal static class PaymentLinksRegistration
{
    public static IServiceCollection AddPaymentLinks(this IServiceCollection services)
    {
        services.AddSingleton<PaymentLinkStore>();
        services.AddSingleton<PaymentLinkCounts>();
        services.AddSingleton<PaymentLinkUrls>();
        services.AddSingleton<PaymentLinkJson>();
        services.AddSingleton<CreatePaymentLink>();
        services.AddSingleton<UpdatePaymentLink>();
        services.AddSingleton<DeletePaymentLink>();
        services.AddSingleton<ListNewest>();
        services.AddSingleton<PaymentLinkEvents>();
        services.AddSingleton<LinkMethods>();
        services.AddSingleton(PaymentLinkMethods.InSandbox);

        services.AddSingleton<PayLink>();
        services.AddSingleton<LinkAttemptStore>();
        services.AddSingleton<SettleLinkAttempt>();
        services.AddSingleton<SimulateLinkAttempt>();
        services.AddOutboxWork<RepairLinkCharge>();
        services.AddOutboxWork<RefundLateLinkCharge>();
        services.AddSingleton<IChargeBook, LinkChargeBook>();

        services.AddSingleton<ListHistories>();
        services.AddSingleton<GetHistory>();
        services.AddSingleton<ListLinkHistories>();
        services.AddSingleton<ReadHistories>();
        return services;
    }
}
