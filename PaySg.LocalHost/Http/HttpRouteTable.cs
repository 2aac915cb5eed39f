using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.Http;

/// <summary>
/// The host's route table: functions by name, the first match wins, the method is a part of the match. Literals have no precedence
/// over parameters; what no route takes is a 404.
/// </summary>
internal sealed class HttpRouteTable
{
    private readonly List<HttpRoute> routes = [];

    private HttpRouteTable()
    {
    }

    /// <summary>Builds the table; what Azure would drop, or route in a way that the code does not show, is added to the problems.</summary>
    public static HttpRouteTable Build(
        IEnumerable<HttpFunction> functions,
        string prefix,
        IReadOnlyCollection<(string First, string Second)> allowedOverlaps,
        ILoggerFactory logs,
        List<string> problems)
    {
        using var services = new ServiceCollection().AddSingleton(logs).AddLogging().AddRouting().BuildServiceProvider();
        var resolver = services.GetRequiredService<IInlineConstraintResolver>();
        var table = new HttpRouteTable();
        foreach (var function in functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            CheckReserved(function, problems);
            try
            {
                var route = new HttpRoute(function, prefix, resolver, logs.CreateLogger<HttpRoute>());
                CheckParameters(route, problems);
                table.routes.Add(route);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                problems.Add($"Function {function.Name}: the route \"{function.Route}\" stops the whole Functions host: {exception.Message}");
            }
        }

        table.CheckOverlaps(allowedOverlaps, problems);
        table.CheckCatchAll(problems);
        return table;
    }

    /// <summary>The first route that takes the request, and its values.</summary>
    public (HttpRoute Route, RouteValueDictionary Values)? Find(HttpContext context)
    {
        foreach (var route in routes)
        {
            if (route.Match(context) is { } values)
                return (route, values);
        }

        return null;
    }

    private static void CheckReserved(HttpFunction function, List<string> problems)
    {
        if (function.Route.StartsWith('/'))
            problems.Add($"Function {function.Name}: the route \"{function.Route}\" begins with a slash: the worker's web server reads it as \"/{function.Route}\", and then no HTTP function of the app answers. Leave the slash out; the root is \"{{root:maxlength(0)?}}\".");
        var route = function.Route.Trim('/');
        foreach (var reserved in (string[])["admin", "runtime"])
        {
            if (route.StartsWith(reserved, StringComparison.OrdinalIgnoreCase))
                problems.Add($"Function {function.Name}: the Functions host drops routes that start with '{reserved}', such as \"{function.Route}\".");
        }
    }

    private static void CheckParameters(HttpRoute route, List<string> problems)
    {
        var function = route.Function;
        foreach (var parameter in function.Method?.GetParameters() ?? [])
        {
            if (string.Equals(parameter.Name, function.TriggerParameter, StringComparison.Ordinal) || parameter.ParameterType == typeof(CancellationToken))
                continue;
            var part = route.Template.Parameters.FirstOrDefault(part => string.Equals(part.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (part is null)
            {
                problems.Add($"Function {function.Name}: parameter '{parameter.Name}' is not in the route: in Azure the caller's query or body would fill it. Only the request, route values and a CancellationToken are passed.");
            }
            else if (parameter.ParameterType != typeof(string))
            {
                problems.Add($"Function {function.Name}: parameter '{parameter.Name}' must be a string: text that does not convert would answer 500 in Azure.");
            }
            else if (part.IsOptional)
            {
                problems.Add($"Function {function.Name}: parameter '{parameter.Name}' is an optional route value: where it is absent, the caller's query or body would fill it in Azure.");
            }
        }
    }

    private static bool IsAllowed((string First, string Second) pair, string one, string other) =>
        (string.Equals(pair.First, one, StringComparison.OrdinalIgnoreCase) && string.Equals(pair.Second, other, StringComparison.OrdinalIgnoreCase))
        || (string.Equals(pair.First, other, StringComparison.OrdinalIgnoreCase) && string.Equals(pair.Second, one, StringComparison.OrdinalIgnoreCase));

    private void CheckOverlaps(IReadOnlyCollection<(string First, string Second)> allowed, List<string> problems)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            for (var j = i + 1; j < routes.Count; j++)
            {
                var (first, second) = (routes[i], routes[j]);
                if (!first.Function.SharesAMethodWith(second.Function))
                    continue;
                if (string.Equals(first.Text.Trim('/'), second.Text.Trim('/'), StringComparison.OrdinalIgnoreCase))
                {
                    problems.Add($"Functions {first.Function.Name} and {second.Function.Name} have the same route \"{first.Text}\" and a common method: Azure drops {second.Function.Name}.");
                }
                else if (first.TakesEverything == second.TakesEverything
                    && RouteOverlap.Between(first, second)
                    && !allowed.Any(pair => IsAllowed(pair, first.Function.Name, second.Function.Name)))
                {
                    problems.Add($"The routes of functions {first.Function.Name} (\"{first.Text}\") and {second.Function.Name} (\"{second.Text}\") overlap: Azure would take {first.Function.Name}, because its name sorts first. Constrain one of them.");
                }
            }
        }
    }

    private void CheckCatchAll(List<string> problems)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            if (routes[i].TakesEverything && routes.Skip(i + 1).FirstOrDefault(later => later.Function.SharesAMethodWith(routes[i].Function)) is { } hidden)
                problems.Add($"Function {routes[i].Function.Name} takes every path and its name sorts before {hidden.Function.Name}: the name of a catch-all must sort last.");
        }
    }
}
