using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions;
using PaySg.Functions.Configuration;
using PaySg.Functions.Emails;
using PaySg.LocalHost.Mailbox;

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

    /// <summary>Maps the paths that only LocalHost has.</summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <param name="mailbox">The mails that were sent.</param>
    public static void MapLocalEndpoints(IEndpointRouteBuilder endpoints, MailStore mailbox)
    {
        new WebhookInbox(TimeProvider.System).Map(endpoints);
        new MailboxPages(mailbox).Map(endpoints);
    }
}
