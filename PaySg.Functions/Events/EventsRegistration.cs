using Microsoft.Extensions.DependencyInjection;

namespace PaySg.Functions.Events;

/// <summary>What reading events is made of.</summary>
internal static class EventsRegistration
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<ListEvents>();
        services.AddSingleton<GetEvent>();
        return services;
    }
}
