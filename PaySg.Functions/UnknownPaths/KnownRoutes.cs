using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.UnknownPaths;

/// <summary>The routes of all our HTTP functions, read from their attributes.</summary>
public sealed class KnownRoutes
{
    private readonly List<(TemplateMatcher Matcher, string[] Methods)> routes = [];

    /// <summary>Reads the attributes of this assembly.</summary>
    public KnownRoutes()
    {
        foreach (var method in typeof(KnownRoutes).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not null
                && method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null) is { Methods: { } methods } trigger)
            {
                routes.Add((new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []), methods));
            }
        }
    }

    /// <summary>The methods that the path takes, in upper case; none: there is no such path.</summary>
    public IReadOnlyList<string> MethodsOf(string path) =>
        [.. routes.Where(route => route.Matcher.TryMatch(path, [])).SelectMany(route => route.Methods).Select(method => method.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal)];
}
