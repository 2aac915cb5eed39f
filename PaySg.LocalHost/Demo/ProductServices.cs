using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PaySg.LocalHost.Demo;

/// <summary>What LocalHost knows of the product: where its functions are, and how its services are registered.</summary>
internal static class ProductServices
{
    /// <summary>The assembly that holds the functions.</summary>
    public static Assembly Functions => Assembly.Load("PaySg.Functions");

    /// <summary>Registers the product's services, as the worker's Program.cs does.</summary>
    public static void Configure(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>Maps the paths that only LocalHost has.</summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <param name="services">The services of the HTTP functions.</param>
    public static void MapLocalEndpoints(IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
    }
}
