using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.Http;

/// <summary>A function's route in the host's route table, matched by ASP.NET Core's classic route classes.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher matcher;
    private readonly ILogger log;

    /// <summary>The route of a function below the host's prefix.</summary>
    /// <exception cref="ArgumentException">The template does not parse.</exception>
    /// <exception cref="InvalidOperationException">A constraint is not known.</exception>
    public HttpRoute(HttpFunction function, string prefix, IInlineConstraintResolver resolver, ILogger log)
    {
        this.log = log;
        Function = function;
        Text = prefix.Length == 0 ? function.Route : $"{prefix}/{function.Route}";
        Template = TemplateParser.Parse(Text);
        var constraints = new RouteConstraintBuilder(resolver, Text);
        var defaults = new RouteValueDictionary();
        foreach (var parameter in Template.Parameters)
        {
            if (parameter.IsOptional)
                constraints.SetOptional(parameter.Name!);
            foreach (var constraint in parameter.InlineConstraints)
                constraints.AddResolvedConstraint(parameter.Name!, constraint.Constraint);
            if (parameter.DefaultValue is not null)
                defaults[parameter.Name!] = parameter.DefaultValue;
        }

        Constraints = constraints.Build();
        matcher = new TemplateMatcher(Template, defaults);
    }

    /// <summary>The function.</summary>
    public HttpFunction Function { get; }

    /// <summary>The template with the prefix, as written.</summary>
    public string Text { get; }

    /// <summary>The parsed template.</summary>
    public RouteTemplate Template { get; }

    /// <summary>The constraints by parameter.</summary>
    public IDictionary<string, IRouteConstraint> Constraints { get; }

    /// <summary>Whether the template is nothing but an unconstrained catch-all.</summary>
    public bool TakesEverything => Template.Segments is [{ IsSimple: true, Parts: [{ IsCatchAll: true } part] }] && !part.InlineConstraints.Any();

    /// <summary>The route values of a request that this route takes; null if it does not.</summary>
    public RouteValueDictionary? Match(HttpContext context)
    {
        if (!Function.Takes(context.Request.Method))
            return null;
        var values = new RouteValueDictionary();
        return matcher.TryMatch(context.Request.Path, values)
            && RouteConstraintMatcher.Match(Constraints, values, context, NoRouter.Instance, RouteDirection.IncomingRequest, log)
            ? values
            : null;
    }

    private sealed class NoRouter : IRouter
    {
        public static readonly NoRouter Instance = new();

        public VirtualPathData? GetVirtualPath(VirtualPathContext context) => null;

        public Task RouteAsync(RouteContext context) => Task.CompletedTask;
    }
}
