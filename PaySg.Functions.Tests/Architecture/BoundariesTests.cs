using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Architecture;

/// <summary>A function's route says which API it belongs to, and so what it runs inside.</summary>
public sealed class BoundariesTests
{
    private const string SingapayRoot = "api/";

    private static readonly IReadOnlyList<(Type Function, string Route)> Functions =
    [
        .. from type in typeof(PaySgServices).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FunctionAttribute>() is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select (type, trigger.Route!),
    ];

    [Fact]
    public void A_function_of_the_Singapay_API_answers_in_its_shape_and_lets_callers_in_by_their_token() =>
        Assert.Equal(Functions.Where(each => Takes(each.Function, typeof(SingapayBoundary))), Functions.Where(each => IsSingapay(each.Route)));

    [Fact]
    public void Every_other_function_runs_inside_the_boundary_of_the_PaySG_API() =>
        Assert.Equal(Functions.Where(each => Takes(each.Function, typeof(IApiBoundary))), Functions.Where(each => !IsSingapay(each.Route)));

    private static bool IsSingapay(string route) => route.StartsWith(SingapayRoot, StringComparison.Ordinal);

    private static bool Takes(Type function, Type boundary) =>
        Assert.Single(function.GetConstructors()).GetParameters().Any(parameter => parameter.ParameterType == boundary);
}
