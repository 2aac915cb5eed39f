using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Moq;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests;

/// <summary>What every function keeps to, so that the Functions host treats it as it is meant.</summary>
public sealed class FunctionRulesTests
{
    private static readonly string[] ReservedWords = ["admin", "runtime"];
    private static readonly List<FunctionUnderTest> All = [.. FunctionUnderTest.AllOf(typeof(PaySgServices).Assembly)];
    private static readonly List<FunctionUnderTest> Http = All.FindAll(function => function.Trigger is not null);

    public static TheoryData<string> HttpNames => [.. Http.Select(function => function.Name)];

    [Fact]
    public void Functions_are_found()
    {
        Assert.Contains("CreatePayment", Http.Select(function => function.Name));
        Assert.Contains("Sweep", All.Select(function => function.Name));
        Assert.True(All.Count > Http.Count);
    }

    [Fact]
    public void No_two_names_differ_by_case_alone()
    {
        Assert.Equal(All.Count, All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(HttpNames))]
    public void A_trigger_says_that_the_host_asks_for_no_key(string name)
    {
        var parameter = Named(name).Method.GetParameters().Single(candidate => candidate.IsDefined(typeof(HttpTriggerAttribute)));
        var written = parameter.GetCustomAttributesData().Single(attribute => attribute.AttributeType == typeof(HttpTriggerAttribute));

        // Left out, the level would be Function: the host would ask for a key of its own.
        var level = Assert.Single(written.ConstructorArguments, argument => argument.ArgumentType == typeof(AuthorizationLevel));
        Assert.Equal((int)AuthorizationLevel.Anonymous, level.Value);
    }

    [Theory]
    [MemberData(nameof(HttpNames))]
    public void A_route_is_stated_and_does_not_begin_with_a_word_of_the_host(string name)
    {
        var route = Named(name).Trigger!.Route;

        Assert.False(string.IsNullOrEmpty(route));
        Assert.DoesNotContain(ReservedWords, word => route.TrimStart('/').StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_function_that_takes_every_path_takes_every_method_and_sorts_last()
    {
        var catchAll = Assert.Single(Http, function => function.Trigger!.Route == "{*path}");

        Assert.Empty(catchAll.Trigger!.Methods ?? []);
        Assert.All(
            Http.Where(function => function != catchAll),
            function =>
            {
                Assert.True(string.CompareOrdinal(function.Name, catchAll.Name) < 0, function.Name);
                Assert.True(string.Compare(function.Name, catchAll.Name, StringComparison.OrdinalIgnoreCase) < 0, function.Name);
            });
    }

    /// <summary>RFC 9110, section 9.1: whoever supports GET supports HEAD. The Functions host does not add it.</summary>
    [Fact]
    public void Every_function_that_takes_GET_takes_HEAD_and_no_other_does() =>
        Assert.All(Http.Where(function => !function.TakesEverything), function => Assert.Equal(function.Trigger!.Methods!.Contains("get"), function.Trigger.Methods!.Contains("head")));

    [Fact]
    public void Every_other_function_names_its_methods()
    {
        Assert.All(Http.Where(function => !function.TakesEverything), function => Assert.NotEmpty(function.Trigger!.Methods!));
    }

    [Theory]
    [MemberData(nameof(HttpNames))]
    public void A_request_that_a_function_takes_is_taken_by_no_other(string name)
    {
        var function = Named(name);
        if (function.TakesEverything)
            return;

        var path = function.SamplePath();

        Assert.Equal([name], Http.Where(other => !other.TakesEverything && other.SharesAMethodWith(function) && other.Matches(path)).Select(other => other.Name));
    }

    [Fact]
    public void No_two_routes_of_a_common_method_overlap_segment_by_segment()
    {
        var routes = Http.FindAll(function => !function.TakesEverything);
        var overlaps =
            from first in routes
            from second in routes
            where string.CompareOrdinal(first.Name, second.Name) < 0 && first.SharesAMethodWith(second) && first.MayOverlap(second)
            select $"{first.Name} and {second.Name}";

        Assert.Empty(overlaps);
    }

    [Theory]
    [InlineData("a/{b}", "a/{c}", true)]
    [InlineData("a/{b}", "a/b", true)]
    [InlineData("a/b", "A/B", true)]
    [InlineData("a/{b}", "a/{b}/c", false)]
    [InlineData("a/{b?}", "a", true)]
    [InlineData("a/{b:int}", "a/b", false)]
    [InlineData("a/{b:int}", "a/7", true)]
    [InlineData("a/{b}/c", "a/{b}/d", false)]
    [InlineData("a/{*b}", "a/b/c", true)]
    [InlineData("a/{*b}", "c/b", false)]
    [InlineData("a/{b}-qr.png", "a/{c}-qr.svg", false)]
    [InlineData("a/{b}-qr.png", "a/x-qr.png", true)]
    public void The_check_of_overlaps_finds_them(string first, string second, bool expected)
    {
        Assert.Equal(expected, FunctionUnderTest.OfRoute(first).MayOverlap(FunctionUnderTest.OfRoute(second)));
        Assert.Equal(expected, FunctionUnderTest.OfRoute(second).MayOverlap(FunctionUnderTest.OfRoute(first)));
    }

    [Fact]
    public void The_host_adds_no_prefix_and_polls_queues_as_designed()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var extensions = host.RootElement.GetProperty("extensions");
        var queues = extensions.GetProperty("queues");

        Assert.Equal("2.0", host.RootElement.GetProperty("version").GetString());
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("00:00:00.500", queues.GetProperty("maxPollingInterval").GetString());
        Assert.Equal((32, 96, 5), (queues.GetProperty("batchSize").GetInt32(), queues.GetProperty("newBatchThreshold").GetInt32(), queues.GetProperty("maxDequeueCount").GetInt32()));
    }

    [Fact]
    public void The_settings_of_a_laptop_are_beside_the_program()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.json")));

        Assert.Equal("dotnet-isolated", settings.RootElement.GetProperty("Values").GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
    }

    [Theory]
    [MemberData(nameof(HttpNames))]
    public async Task A_function_runs_wholly_inside_the_boundary(string name)
    {
        var boundary = new RecordingBoundary();
        await using var parts = PaySgParts.Build(
            "UseDevelopmentStorage=true", services => services.Replace(ServiceDescriptor.Singleton<IApiBoundary>(boundary)));
        var function = Named(name);
        var request = new Mock<HttpRequest>(MockBehavior.Strict).Object;
        var arguments = function.Method.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            var type when type == typeof(HttpRequest) => request,
            { IsValueType: true } type => Activator.CreateInstance(type),
            _ => null,
        });

        var result = function.Method.Invoke(parts.Make<object>(function.Method.DeclaringType!), [.. arguments]);

        Assert.Same(boundary.Result, await Assert.IsAssignableFrom<Task<IResult>>(result));
        Assert.Same(request, Assert.Single(boundary.Requests));
        Assert.Empty(parts.Traffic.Requests);
    }

    private static FunctionUnderTest Named(string name) => Http.Single(function => function.Name == name);

    /// <summary>Takes a function's body and does not run it.</summary>
    private sealed class RecordingBoundary : IApiBoundary
    {
        public List<HttpRequest> Requests { get; } = [];

        public IResult Result { get; } = new ApiAnswer(200, default);

        public Task<IResult> AnswerAsync(HttpRequest request, Func<ApiCall, Task<ApiAnswer>> body, ErrorPrinter? printError = null)
        {
            Assert.NotNull(body);
            Requests.Add(request);
            return Task.FromResult(Result);
        }
    }

    private sealed record FunctionUnderTest(string Name, MethodInfo Method, HttpTriggerAttribute? Trigger)
    {
        private static readonly string[] SampleValues = ["x1", "7", "abc", "V1StGXR8Z5jdHi6BmyTab", "01234567-89ab-7def-8123-456789abcdef", "01K7P073Q8RE2A9PQT8Q7MXPN4", "true"];
        private static readonly DefaultInlineConstraintResolver Constraints =
            new(Options.Create(new RouteOptions()), new ServiceCollection().BuildServiceProvider());

        public bool TakesEverything => Trigger!.Route == "{*path}";

        private RouteTemplate Template => TemplateParser.Parse(Trigger!.Route!);

        public static IEnumerable<FunctionUnderTest> AllOf(Assembly assembly) =>
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            select new FunctionUnderTest(
                function.Name, method, method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null));

        public static FunctionUnderTest OfRoute(string route) =>
            new(route, (MethodInfo)MethodBase.GetCurrentMethod()!, new HttpTriggerAttribute(AuthorizationLevel.Anonymous, "get") { Route = route });

        public bool SharesAMethodWith(FunctionUnderTest other) => Trigger!.Methods!.Intersect(other.Trigger!.Methods!, StringComparer.OrdinalIgnoreCase).Any();

        /// <summary>A path that the route takes.</summary>
        public string SamplePath()
        {
            var path = "/" + string.Join('/', Template.Segments.Select(segment => string.Concat(segment.Parts.Select(part => part.IsParameter ? Sample(part) : part.Text))));
            Assert.True(Matches(path), $"{path} is no sample of {Trigger!.Route}");
            return path;
        }

        public bool Matches(string path)
        {
            var values = new RouteValueDictionary();
            return new TemplateMatcher(Template, []).TryMatch(path, values)
                && Template.Parameters.All(part => values[part.Name!] is not string value || Takes(part, value));
        }

        /// <summary>Whether some path may match both; where constraints leave it open, yes.</summary>
        public bool MayOverlap(FunctionUnderTest other)
        {
            var (mine, theirs) = (Template.Segments, other.Template.Segments);
            for (var i = 0; ; i++)
            {
                if ((i >= mine.Count || IsCatchAll(mine[i])) && RestMayBeEmptyOrCaught(theirs, i, i < mine.Count))
                    return true;
                if ((i >= theirs.Count || IsCatchAll(theirs[i])) && RestMayBeEmptyOrCaught(mine, i, i < theirs.Count))
                    return true;
                if (i >= mine.Count || i >= theirs.Count || !MayOverlap(mine[i], theirs[i]))
                    return false;
            }
        }

        private static bool RestMayBeEmptyOrCaught(IList<TemplateSegment> rest, int from, bool caught) =>
            caught || rest.Skip(from).All(segment => segment.Parts is [{ IsParameter: true } part] && (part.IsOptional || part.IsCatchAll));

        private static bool MayOverlap(TemplateSegment a, TemplateSegment b) => (Literal(a), Literal(b)) switch
        {
            ({ } x, { } y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase),
            ({ } x, null) => OfRoute(Text(b)).Matches("/" + x),
            (null, { } y) => OfRoute(Text(a)).Matches("/" + y),
            _ => Fit(Start(a), Start(b), (text, edge) => text.StartsWith(edge, StringComparison.OrdinalIgnoreCase))
                && Fit(End(a), End(b), (text, edge) => text.EndsWith(edge, StringComparison.OrdinalIgnoreCase)),
        };

        private static bool Fit(string x, string y, Func<string, string, bool> holds) => holds(x, y) || holds(y, x);

        private static string Start(TemplateSegment segment) => segment.Parts[0].IsLiteral ? segment.Parts[0].Text! : "";

        private static string End(TemplateSegment segment) => segment.Parts[^1].IsLiteral ? segment.Parts[^1].Text! : "";

        private static bool IsCatchAll(TemplateSegment segment) => segment.Parts.Any(part => part.IsCatchAll);

        private static string? Literal(TemplateSegment segment) => segment.Parts.All(part => part.IsLiteral) ? string.Concat(segment.Parts.Select(part => part.Text)) : null;

        private static string Text(TemplateSegment segment) => string.Concat(segment.Parts.Select(part => part.IsParameter
            ? $"{{{part.Name}{string.Concat(part.InlineConstraints.Select(constraint => ":" + constraint.Constraint))}{(part.IsOptional ? "?" : "")}}}"
            : part.Text));

        private static string Sample(TemplatePart part) => part.IsOptional ? "" : SampleValues.First(value => Takes(part, value));

        private static bool Takes(TemplatePart part, string value) => part.InlineConstraints.All(constraint =>
            Constraints.ResolveConstraint(constraint.Constraint)!.Match(null, null, part.Name!, new RouteValueDictionary { [part.Name!] = value }, RouteDirection.IncomingRequest));
    }
}
