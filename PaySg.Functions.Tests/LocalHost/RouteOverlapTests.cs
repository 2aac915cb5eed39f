using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Http;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class RouteOverlapTests
{
    [Theory]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "A/B", true)]
    [InlineData("a/{id}", "a/list", true)]
    [InlineData("a/{id}", "a/{other}", true)]
    [InlineData("a/{id}", "a/{id}/b", false)]
    [InlineData("a/{id}/b", "a/{id}/c", false)]
    [InlineData("a/{id}", "b/{id}", false)]
    [InlineData("{x}/b", "a/{y}", true)]
    [InlineData("a/{id:int}", "a/list", false)]
    [InlineData("a/{id:int}", "a/12", true)]
    [InlineData("a/{id:int}", "a/{name:alpha}", false)]
    [InlineData("a/{id:int}", "a/{name}", true)]
    [InlineData("a/{id:length(21)}", "a/{id:length(26)}", false)]
    [InlineData("a/{id:length(21)}", "a/{id:minlength(20)}", true)]
    [InlineData("a/{id:maxlength(5)}", "a/{id:guid}", false)]
    [InlineData("a/{id:regex(^p_)}", "a/p_1", true)]
    [InlineData("a/{id:regex(^p_)}", "a/q_1", false)]
    [InlineData("a/{id:regex(^p_)}", "a/{id:regex(^q_)}", true)]
    [InlineData("a/{id}-qr.png", "a/list", false)]
    [InlineData("a/{id}-qr.png", "a/x-qr.png", true)]
    [InlineData("a/{id}-qr.png", "a/{id}.json", false)]
    [InlineData("a/{id}-qr.png", "a/{id}", true)]
    [InlineData("a/x{id}", "a/y{id}", false)]
    [InlineData("a/{id:int}.json", "a/list.json", false)]
    [InlineData("a/{id?}", "a", true)]
    [InlineData("a/{id=1}", "a", true)]
    [InlineData("a/{id?}", "a/b/c", false)]
    [InlineData("a/{b}/{c?}", "a/x", true)]
    [InlineData("{*path}", "a/b", true)]
    [InlineData("files/{*path}", "files", true)]
    [InlineData("files/{*path}", "files/a/b", true)]
    [InlineData("files/{*path}", "other/a", false)]
    [InlineData("files/{*path:int}", "files/a", false)]
    [InlineData("/", "a", false)]
    [InlineData("/", "{a?}", true)]
    public void Two_templates_overlap_if_a_path_can_match_both(string first, string second, bool overlap)
    {
        Assert.Equal(overlap, RouteOverlap.Between(RouteOf(first), RouteOf(second)));
        Assert.Equal(overlap, RouteOverlap.Between(RouteOf(second), RouteOf(first)));
    }

    private static HttpRoute RouteOf(string template)
    {
        using var services = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
        var function = new HttpFunction("Sample", "request", template, Methods: null);
        return new HttpRoute(function, prefix: "", services.GetRequiredService<IInlineConstraintResolver>(), NullLogger.Instance);
    }
}
