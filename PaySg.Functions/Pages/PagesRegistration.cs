using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Gateway;
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
        services.AddSingleton<Func<Reader, PaymentPages>>(static parts => reader => new PaymentPages(
            reader, parts.GetRequiredService<PageAnswers>(), parts.GetRequiredService<GatewayBorder>(), parts.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ShowPaymentPage>();
        services.AddSingleton<SubmitPaymentPage>();
        services.AddSingleton<Func<Reader, LinkPages>>(static parts => reader => new LinkPages(reader, parts.GetRequiredService<PageAnswers>()));
        services.AddSingleton<Func<Reader, LinkAttemptPages>>(static parts => reader => new LinkAttemptPages(
            reader, parts.GetRequiredService<PageAnswers>(), parts.GetRequiredService<GatewayBorder>()));
        services.AddSingleton<FindLinkPage>();
        services.AddSingleton<ShowLinkPage>();
        services.AddSingleton<SubmitLinkPage>();
        return services;
    }
}
