using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;

namespace PaySg.Functions.Operations.UnknownPaths;

/// <summary>One function's route.</summary>
internal sealed class KnownRoute
{
    private readonly TemplateMatcher matcher;
    private readonly List<(string Parameter, IRouteConstraint Constraint)> constraints;

    public KnownRoute(string template, IEnumerable<string> methods, IInlineConstraintResolver resolver)
    {
        var parsed = TemplateParser.Parse(template);
        matcher = new TemplateMatcher(parsed, []);
        constraints =
        [
            .. from parameter in parsed.Parameters
               from constraint in parameter.InlineConstraints
               let resolved = resolver.ResolveConstraint(constraint.Constraint)!
               select (parameter.Name!, parameter.IsOptional ? new OptionalRouteConstraint(resolved) : resolved),
        ];
        Methods = [.. methods.Select(method => method.ToUpperInvariant())];
    }

    /// <summary>The methods that it takes, in upper case.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Whether the Functions host would take this path to be the route's.</summary>
    public bool Matches(string path)
    {
        var values = new RouteValueDictionary();
        return matcher.TryMatch(path, values)
            && constraints.All(one => one.Constraint.Match(null, null, one.Parameter, values, RouteDirection.IncomingRequest));
    }
}
