using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaySg.Functions.Operations.UnknownPaths;

namespace PaySg.Functions.Tests.Operations.UnknownPaths;

public sealed class KnownRouteTests
{
    [Theory]
    [InlineData("a/{b}", "/a/x", true)]
    [InlineData("a/{b}", "/A/x/", true)]
    [InlineData("a/{b}", "/a", false)]
    [InlineData("a/{b:length(3)}", "/a/xyz", true)]
    [InlineData("a/{b:length(3)}", "/a/xy", false)]
    [InlineData("a/{b:length(3)}/{c:int}", "/a/xyz/7", true)]
    [InlineData("a/{b:length(3)}/{c:int}", "/a/xyz/x", false)]
    public void A_path_is_a_routes_where_the_constraints_hold(string template, string path, bool expected)
    {
        var resolver = new DefaultInlineConstraintResolver(Options.Create(new RouteOptions()), new ServiceCollection().BuildServiceProvider());

        Assert.Equal(expected, new KnownRoute(template, ["get"], resolver).Matches(path));
    }
}
