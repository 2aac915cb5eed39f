using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

#pragma warning disable CA1822 // Functions are instance methods, as in the product, whether they use the instance or not.


namespace PaySg.Functions.Tests.LocalHost.Samples;

/// <summary>A parameter in the route.</summary>
public sealed class GetsThing
{
    [Function("GetThing")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id) => Results.Text($"thing {id}");
}

/// <summary>A literal where <see cref="GetsThing"/> has a parameter, under a name that sorts later.</summary>
public sealed class ListsThings
{
    [Function("ListThings")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/list")] HttpRequest request) => Results.Text("list");
}

/// <summary>Another method on the route of <see cref="GetsThing"/>.</summary>
public sealed class PostsThing
{
    [Function("PostThing")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text($"{id}: {await reader.ReadToEndAsync(cancellationToken)}");
    }
}

/// <summary>Every method, an own answer to OPTIONS among them.</summary>
public sealed class TakesEveryMethod(Journal journal)
{
    [Function("TakesEveryMethod")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "every")] HttpRequest request)
    {
        journal.Entries.Enqueue(request.Method);
        return Results.Text(request.Method);
    }
}

/// <summary>A constraint of each kind that matters.</summary>
public sealed class Constrained
{
    [Function("ById")]
    public IResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "constrained/{id:int}")] HttpRequest request, string id) => Results.Text($"number {id}");

    [Function("ByName")]
    public IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "constrained/{name:alpha}")] HttpRequest request, string name) => Results.Text($"letters {name}");

    [Function("ByPattern")]
    public IResult ByPattern([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pattern/{code:regex(^ab\\d$)}")] HttpRequest request, string code) => Results.Text(code);
}

/// <summary>The root.</summary>
public sealed class AtTheRoot
{
    [Function("Root")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{root:maxlength(0)?}")] HttpRequest request) => Results.Text("root");
}

/// <summary>No route: the name is the route.</summary>
public sealed class WithoutRoute
{
    [Function("WithoutRoute")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("named");
}

/// <summary>Everything that no other function takes.</summary>
public sealed class CatchesAll
{
    [Function("ZzzCatchAll")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path) => Results.Text($"caught {request.Method} {path}", statusCode: 404);
}

/// <summary>A catch-all whose name does not sort last.</summary>
public sealed class CatchesTooEarly
{
    [Function("Aaa")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) => Results.Ok();
}

/// <summary>Fails.</summary>
public sealed class Throws
{
    [Function("Throws")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "throws")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Half"] = "done";
        throw new InvalidOperationException("The sample fails.");
    }
}

/// <summary>Answers nothing.</summary>
public sealed class AnswersNull
{
    [Function("AnswersNull")]
    public Task<IResult?> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "null")] HttpRequest request) => Task.FromResult<IResult?>(null);
}

/// <summary>Shows what it sees of the request.</summary>
public sealed class ShowsRequest
{
    [Function("ShowsRequest")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "request")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        response.Cookies.Append("a", "1");
        response.Cookies.Append("b", "2");
        return Results.Json(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["scheme"] = request.Scheme,
            ["host"] = request.Host.Value,
            ["address"] = request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            ["forwarded"] = request.Headers["X-Forwarded-For"] + request.Headers["X-Forwarded-Host"] + request.Headers["X-Forwarded-Proto"],
        });
    }
}

/// <summary>Waits for the gate, or for the client to leave.</summary>
public sealed class Waits(Journal journal)
{
    [Function("Waits")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "waits")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var visit = journal.Enter();
        try
        {
            await journal.Gate.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            journal.Entries.Enqueue("cancelled");
            throw;
        }

        return Results.Text("waited");
    }
}

/// <summary>Shows which objects a call gets; its disposal would show too.</summary>
public sealed class ShowsObjects(Journal journal, ScopedThing scoped) : IDisposable
{
    public ScopedThing Scoped => scoped;

    [Function("ShowsObjects")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "objects")] HttpRequest request)
    {
        journal.Objects.Enqueue(this);
        journal.Entries.Enqueue(ReferenceEquals(request.HttpContext.RequestServices.GetService(typeof(ScopedThing)), scoped) ? "same scope" : "other scope");
        return Results.Ok();
    }

    public void Dispose() => journal.Entries.Enqueue("function disposed");
}

/// <summary>A service that lives as long as a scope.</summary>
public sealed class ScopedThing(Journal journal) : IDisposable
{
    public void Dispose() => journal.Entries.Enqueue("scope disposed");
}

/// <summary>A service that all functions of a group share.</summary>
public sealed class SharedThing;

/// <summary>Holds what is scoped in a singleton.</summary>
public sealed class CapturesScopedThing(ScopedThing scoped)
{
    public ScopedThing Scoped => scoped;
}
