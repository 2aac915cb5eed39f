using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Configuration;
using PaySg.LocalHost.Mailbox;
using PaySg.LocalHost.Settings;
using PaySg.LocalHost.SignIn;

namespace PaySg.LocalHost.Demo;

/// <summary>What LocalHost knows of the product: where its functions are, and how its services are registered.</summary>
internal static class ProductServices
{
    /// <summary>The assembly that holds the functions.</summary>
    public static Assembly Functions => typeof(PaySgServices).Assembly;

    /// <summary>Registers the product's services, as the worker's Program.cs does.</summary>
    /// <exception cref="LocalHostException">The settings are not usable; the message lists what is wrong.</exception>
    public static void Configure(IServiceCollection services, IConfiguration configuration)
    {
        try
        {
            services.AddPaySg(configuration);
        }
        catch (PaySgConfigurationException exception)
        {
            throw LocalHostException.Of([.. exception.Problems]);
        }
    }

    /// <summary>Registers them with the mailbox in the place of a mail relay, unless the settings name one.</summary>
    public static void Configure(IServiceCollection services, IConfiguration configuration, MailStore mailbox)
    {
        if (string.IsNullOrEmpty(configuration["PaySg:Email:SmtpHost"]))
            services.AddSingleton<IMailTransport>(provider => new MailboxTransport(mailbox, provider.GetRequiredService<TimeProvider>()));
        Configure(services, configuration);
    }

    /// <summary>The product's services for LocalHost's own use, beside those of the functions.</summary>
    /// <exception cref="LocalHostException">The settings are not usable; the message lists what is wrong.</exception>
    public static ServiceProvider Build(IReadOnlyDictionary<string, string> settings)
    {
        var configuration = new AppSettings(settings).WithDefault(AppSettings.PublicBaseUrl, "http://localhost").ToConfiguration();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        Configure(services, configuration);
        return services
            .AddSingleton<LocalPage>()
            .AddSingleton<InboxSignatures>()
            .AddSingleton<DemoPayment>()
            .BuildServiceProvider();
    }

    /// <summary>Maps the paths that only LocalHost has.</summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <param name="services">What <see cref="Build"/> made.</param>
    /// <param name="mailbox">The mails that were sent.</param>
    public static void MapLocalEndpoints(IEndpointRouteBuilder endpoints, IServiceProvider services, MailStore mailbox)
    {
        var page = services.GetRequiredService<LocalPage>();
        new WebhookInbox(services.GetRequiredService<InboxSignatures>(), page, services.GetRequiredService<TimeProvider>()).Map(endpoints);
        new MailboxPages(mailbox, page).Map(endpoints);
        new SignInPages(page).Map(endpoints);
    }

    /// <summary>Maps LocalHost's page at the root, in the place of the product's.</summary>
    public static void MapStartPage(IEndpointRouteBuilder endpoints, IServiceProvider services) =>
        new StartPage(services.GetRequiredService<LocalPage>(), DemoOwners.Of(services.GetRequiredService<IConfiguration>()), services.GetRequiredService<DemoPayment>()).Map(endpoints);
}
