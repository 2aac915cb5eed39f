using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;

namespace PaySg.LocalHost.Http;

/// <summary>
/// Decides whether some path is matched by two routes. Where constraints leave it open the answer is yes: the Functions host would take
/// the function whose name sorts first, and the worker might fill in the route values of the other.
/// </summary>
internal static class RouteOverlap
{
    /// <summary>Whether the two routes may match the same path.</summary>
    public static bool Between(HttpRoute first, HttpRoute second) => From(first, 0, second, 0);

    private static bool From(HttpRoute first, int i, HttpRoute second, int j)
    {
        // Both may end here: what is left can be omitted.
        if (CanEnd(first, i) && CanEnd(second, j))
            return true;
        if (i == first.Template.Segments.Count || j == second.Template.Segments.Count)
            return false;
        var a = first.Template.Segments[i];
        var b = second.Template.Segments[j];
        if (IsCatchAll(a))
            return IsCatchAll(b) || LiteralsFit(first, a, second, j);
        return IsCatchAll(b)
            ? LiteralsFit(second, b, first, i)
            : SegmentsOverlap(first, a, second, b) && From(first, i + 1, second, j + 1);
    }

    private static bool CanEnd(HttpRoute route, int from) =>
        route.Template.Segments.Skip(from).All(segment => segment is { IsSimple: true, Parts: [{ IsParameter: true } part] } && (part.IsOptional || part.IsCatchAll || part.DefaultValue is not null));

    private static bool IsCatchAll(TemplateSegment segment) => segment.Parts.Any(part => part.IsCatchAll);

    /// <summary>A catch-all takes any rest, unless that rest is all literals and its constraints refuse them.</summary>
    private static bool LiteralsFit(HttpRoute route, TemplateSegment catchAll, HttpRoute other, int from)
    {
        var rest = other.Template.Segments.Skip(from).ToList();
        return !rest.TrueForAll(segment => LiteralOf(segment) is not null)
            || Satisfies(route, catchAll.Parts[^1], string.Join('/', rest.Select(LiteralOf)));
    }

    private static bool SegmentsOverlap(HttpRoute first, TemplateSegment a, HttpRoute second, TemplateSegment b) =>
        (LiteralOf(a), LiteralOf(b)) switch
        {
            ({ } x, { } y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase),
            ({ } x, null) => LiteralMatches(x, second, b),
            (null, { } y) => LiteralMatches(y, first, a),
            _ => !Differ(EdgeOf(a, fromStart: true), EdgeOf(b, fromStart: true), fromStart: true)
                && !Differ(EdgeOf(a, fromStart: false), EdgeOf(b, fromStart: false), fromStart: false)
                && !Exclude(ConstraintsOf(first, a), ConstraintsOf(second, b)),
        };

    private static string? LiteralOf(TemplateSegment segment) =>
        segment.Parts.All(part => part.IsLiteral || part.IsOptionalSeperator) ? string.Concat(segment.Parts.Select(part => part.Text)) : null;

    private static bool LiteralMatches(string literal, HttpRoute route, TemplateSegment segment)
    {
        if (segment.IsSimple)
            return Satisfies(route, segment.Parts[0], literal);
        var template = string.Concat(segment.Parts.Select(part => part.IsParameter
            ? $"{{{part.Name}{(part.IsOptional ? "?" : "")}}}"
            : part.Text!.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
        var values = new RouteValueDictionary();
        return new TemplateMatcher(TemplateParser.Parse(template), new RouteValueDictionary()).TryMatch($"/{literal}", values)
            && segment.Parts.Where(part => part.IsParameter)
                .All(part => values[part.Name!] is not { } value || Satisfies(route, part, Convert.ToString(value, CultureInfo.InvariantCulture)!));
    }

    private static bool Satisfies(HttpRoute route, TemplatePart parameter, string value) =>
        !route.Constraints.TryGetValue(parameter.Name!, out var constraint)
        || constraint.Match(httpContext: null, route: null, parameter.Name!, new RouteValueDictionary { [parameter.Name!] = value }, RouteDirection.IncomingRequest);

    /// <summary>The literal text that every value of a segment begins or ends with.</summary>
    private static string EdgeOf(TemplateSegment segment, bool fromStart) => (fromStart ? segment.Parts[0] : segment.Parts[^1]) is { IsLiteral: true } part ? part.Text! : "";

    private static bool Differ(string a, string b, bool fromStart)
    {
        var length = Math.Min(a.Length, b.Length);
        return !string.Equals(fromStart ? a[..length] : a[^length..], fromStart ? b[..length] : b[^length..], StringComparison.OrdinalIgnoreCase);
    }

    private static List<IRouteConstraint> ConstraintsOf(HttpRoute route, TemplateSegment segment)
    {
        if (!segment.IsSimple || !route.Constraints.TryGetValue(segment.Parts[0].Name!, out var constraint))
            return [];
        if (constraint is OptionalRouteConstraint optional)
            constraint = optional.InnerConstraint;
        return constraint is CompositeRouteConstraint composite ? [.. composite.Constraints] : [constraint];
    }

    /// <summary>Whether no value can satisfy both: numbers or dates against letters, a UUID against numbers, lengths that do not meet.</summary>
    private static bool Exclude(List<IRouteConstraint> first, List<IRouteConstraint> second)
    {
        var (least, most) = LengthOf(first);
        var (otherLeast, otherMost) = LengthOf(second);
        return most < otherLeast || otherMost < least || Kinds(first, second) || Kinds(second, first);

        static bool Kinds(List<IRouteConstraint> one, List<IRouteConstraint> other) =>
            one.Exists(constraint => constraint is AlphaRouteConstraint)
            && other.Exists(constraint => constraint is IntRouteConstraint or LongRouteConstraint);
    }

    private static (int Least, int Most) LengthOf(List<IRouteConstraint> constraints)
    {
        var (least, most) = (1, int.MaxValue);
        foreach (var constraint in constraints)
        {
            var (min, max) = constraint switch
            {
                LengthRouteConstraint length => (length.MinLength, length.MaxLength),
                MinLengthRouteConstraint length => (length.MinLength, int.MaxValue),
                MaxLengthRouteConstraint length => (0, length.MaxLength),
                GuidRouteConstraint => (32, int.MaxValue),
                _ => (0, int.MaxValue),
            };
            (least, most) = (Math.Max(least, min), Math.Min(most, max));
        }

        return (least, most);
    }
}
