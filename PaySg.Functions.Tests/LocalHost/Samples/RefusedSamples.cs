using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

#pragma warning disable CA1822 // Functions are instance methods, as in the product, whether they use the instance or not.


namespace PaySg.Functions.Tests.LocalHost.Samples;

public sealed class WithoutLevel
{
    [Function("WithoutLevel")]
    public IResult Run([HttpTrigger("get", Route = "r")] HttpRequest request) => Results.Ok();
}

public sealed class WithFunctionKey
{
    [Function("WithFunctionKey")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, Route = "r")] HttpRequest request) => Results.Ok();
}

public sealed class ReservedPrefix
{
    [Function("ReservedPrefix")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "administrators")] HttpRequest request) => Results.Ok();
}

public sealed class LeadingSlash
{
    [Function("LeadingSlash")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/")] HttpRequest request) => Results.Ok();
}

public sealed class BadTemplate
{
    [Function("BadTemplate")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x/{id")] HttpRequest request) => Results.Ok();
}

public sealed class UnknownConstraint
{
    [Function("UnknownConstraint")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x/{id:payment}")] HttpRequest request) => Results.Ok();
}

public sealed class SameRoute
{
    [Function("SameRouteA")]
    public IResult A([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "same/route")] HttpRequest request) => Results.Ok();

    [Function("SameRouteB")]
    public IResult B([HttpTrigger(AuthorizationLevel.Anonymous, "POST", Route = "Same/Route/")] HttpRequest request) => Results.Ok();
}

public sealed class SameName
{
    [Function("SameName")]
    public IResult A([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a")] HttpRequest request) => Results.Ok();

    [Function("samename")]
    public IResult B([HttpTrigger(AuthorizationLevel.Anonymous, Route = "b")] HttpRequest request) => Results.Ok();
}

public sealed class BadName
{
    [Function("Bad.Name")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r")] HttpRequest request) => Results.Ok();
}

public sealed class NamedHost
{
    [Function("Host")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r")] HttpRequest request) => Results.Ok();
}

public sealed class UnderscoreInTrigger
{
    [Function("UnderscoreInTrigger")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r")] HttpRequest http_request) => Results.Ok();
}

public sealed class ExtraParameter
{
    [Function("ExtraParameter")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r/{id}")] HttpRequest request, string status) => Results.Ok();
}

public sealed class NumberParameter
{
    [Function("NumberParameter")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r/{id}")] HttpRequest request, int id) => Results.Ok();
}

public sealed class OptionalParameter
{
    [Function("OptionalParameter")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r/{id?}")] HttpRequest request, string? id) => Results.Ok();
}

public sealed class TwoTriggers
{
    [Function("TwoTriggers")]
    public void Run([QueueTrigger("sample")] string message, [TimerTrigger("0 * * * * *")] TimerInfo timer)
    {
    }
}

public sealed class BadQueueName
{
    [Function("BadQueueName")]
    public void Run([QueueTrigger("two--dashes")] string message)
    {
    }
}

public sealed class UnresolvedQueueName
{
    [Function("UnresolvedQueueName")]
    public void Run([QueueTrigger("%NOWHERE%")] string message)
    {
    }
}

public sealed class WeekdaySeven
{
    [Function("WeekdaySeven")]
    public void Run([TimerTrigger("0 0 0 * * 7")] TimerInfo timer)
    {
    }
}

public sealed class UnresolvedSchedule
{
    [Function("UnresolvedSchedule")]
    public void Run([TimerTrigger("%NOWHERE%")] TimerInfo timer)
    {
    }
}
