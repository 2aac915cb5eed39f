using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.Pages.Payments;

namespace PaySg.Functions.Pages;

/// <summary>What payers' pages is made of.</summary>
internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services, SettingsReader settings, string publicBaseUrl)
    {
        services.AddSingleton(PageSettings.Read(settings, publicBaseUrl));
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
        return services;
    }
}
