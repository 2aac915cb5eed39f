using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace PaySg.Functions.Operations.UnknownPaths;

/// <summary>The routes of all our HTTP functions, read from their attributes, with the constraints of their parameters.</summary>
internal sealed class KnownRoutes
{
    private readonly List<KnownRoute> routes = [];

    /// <summary>Reads the attributes of this assembly.</summary>
    /// <param name="services">What constraints may be made of; none of ours needs any.</param>
    public KnownRoutes(IServiceProvider services)
    {
        var constraints = new DefaultInlineConstraintResolver(Options.Create(new RouteOptions()), services);
        foreach (var method in typeof(KnownRoutes).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not null
                && method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null) is { Methods: { } methods } trigger)
            {
                routes.Add(new KnownRoute(trigger.Route!, methods, constraints));
            }
        }
    }

    /// <summary>The methods that the path takes, in upper case; none: there is no such path.</summary>
    public IReadOnlyList<string> MethodsOf(string path) =>
        [.. routes.Where(route => route.Matches(path)).SelectMany(route => route.Methods).Distinct().Order(StringComparer.Ordinal)];
}
