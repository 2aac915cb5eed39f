using Microsoft.Extensions.DependencyInjection;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>How a room brings its outbox work in.</summary>
internal static class OutboxServices
{
    /// <summary>Registers the worker, so that <see cref="WorkOutboxFunction"/> hands it the rows of its kind.</summary>
    public static IServiceCollection AddOutboxWork<TWork>(this IServiceCollection services)
        where TWork : class, IOutboxWork => services.AddSingleton<TWork>().AddSingleton<IOutboxWork>(provider => provider.GetRequiredService<TWork>());
}
