using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Settings;
using PaySg.LocalHost.SignIn;

namespace PaySg.LocalHost.Http;

/// <summary>Finds the function for a request and answers what the Functions host answers itself.</summary>
internal sealed class HttpFunctionHandler(HttpRouteTable routes, IInvoke invoke, AppSettings settings, HostJson hostJson, ILoggerFactory logs)
{
    /// <summary>The worker's web server takes no larger bodies, in bytes. The Functions host answers an empty 500 then, whatever the function says.</summary>
    public const long LargestBody = 30_000_000;

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (hostJson.CustomHeaders.Count > 0)
            context.Response.OnStarting(() => AddCustomHeaders(context.Response));

        if (IsPreflight(context.Request))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else if (IsTheHostsOwn(context.Request.Path))
            Challenge(context.Response);
        else if (routes.Find(context) is { } found)
            await AnswerAsync(found.Route.Function, found.Values, context);
        else if (string.Equals(context.Request.Path, "/", StringComparison.Ordinal))
            await HomePage.WriteAsync(context.Response, settings);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    private static bool IsTheHostsOwn(PathString path) => path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/runtime/webhooks", StringComparison.OrdinalIgnoreCase);

    private static void Challenge(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Bearer";
    }

    private async Task AnswerAsync(HttpFunction function, RouteValueDictionary values, HttpContext context)
    {
        if (settings.IsDisabled(function.Name))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // What a client says of where it comes from is not believed: the host sets these itself, for the worker alone.
        foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"])
            context.Request.Headers.Remove(name);
        PlatformHeaders.Set(context.Request, settings);
        foreach (var absent in values.Where(value => value.Value is null).ToList())
            values.Remove(absent.Key);
        context.Request.RouteValues = values;
        var log = logs.CreateLogger($"Function.{function.Name}");
        try
        {
            if (context.Request.ContentLength > LargestBody)
                throw new BadHttpRequestException($"The body is larger than {LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
            await invoke.AnswerAsync(function, context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            log.LogInformation("The client of function {Function} left", function.Name);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogError(exception, "Function {Function} failed: the caller gets an empty 500, as in Azure", function.Name);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private Task AddCustomHeaders(HttpResponse response)
    {
        foreach (var (name, value) in hostJson.CustomHeaders)
        {
            if (StringValues.IsNullOrEmpty(response.Headers[name]))
                response.Headers[name] = value;
        }

        return Task.CompletedTask;
    }
}
