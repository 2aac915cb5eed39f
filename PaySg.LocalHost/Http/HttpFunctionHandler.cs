using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PaySg.LocalHost.Functions;
using PaySg.LocalHost.Settings;

namespace PaySg.LocalHost.Http;

/// <summary>Answers a request as host and worker do together, with nothing between Kestrel and the function that Azure lacks.</summary>
internal sealed class HttpFunctionHandler(
    HttpRouteTable routes,
    IServiceProvider services,
    FunctionInvoker invoker,
    AppSettings settings,
    HostJson hostJson,
    ILoggerFactory logs)
{
    private readonly ForwardedHeadersMiddleware forwarded = new(
        static _ => Task.CompletedTask,
        logs,
        Options.Create(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null }));

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (hostJson.CustomHeaders.Count > 0)
            context.Response.OnStarting(() => AddCustomHeaders(context.Response));

        if (IsPreflight(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (HoldsEncodedSlash(context) || routes.Find(context) is not { } found)
        {
            if (string.Equals(context.Request.Path, "/", StringComparison.Ordinal))
                await HomePage.WriteAsync(context.Response, settings);
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var function = found.Route.Function;
        if (settings.IsDisabled(function.Name))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        forwarded.ApplyForwarders(context);
        context.Request.Headers["x-ms-invocation-id"] = new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
        foreach (var absent in found.Values.Where(value => value.Value is null).ToList())
            found.Values.Remove(absent.Key);
        context.Request.RouteValues = found.Values;
        await InvokeAsync(context, function);
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    /// <summary>Azure's front end decodes an encoded slash before the host sees the path, so no segment can hold one.</summary>
    private static bool HoldsEncodedSlash(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return (query < 0 ? target : target[..query]).Contains("%2F", StringComparison.OrdinalIgnoreCase);
    }

    private async Task InvokeAsync(HttpContext context, HttpFunction function)
    {
        var own = context.RequestServices;
        try
        {
            await invoker.InvokeAsync(
                function,
                services,
                parameter => parameter.Position == function.TriggerParameter.Position ? context.Request : context.Request.RouteValues[parameter.Name!]?.ToString(),
                scope => Enter(context, scope),
                (result, _) => result is IResult answer ? answer.ExecuteAsync(context) : Task.CompletedTask,
                context.RequestAborted);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            logs.CreateLogger($"Function.{function.Name}").LogInformation("The client of function {Function} left", function.Name);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logs.CreateLogger($"Function.{function.Name}").LogError(
                exception,
                "Unhandled exception in HTTP function {Function}. LocalHost answers 500; Azure would have answered 200 with an empty body",
                function.Name);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        finally
        {
            context.RequestServices = own;
        }
    }

    /// <summary>In Azure the request is served from the functions' own container.</summary>
    private static void Enter(HttpContext context, IServiceProvider scope)
    {
        context.RequestServices = scope;
        if (scope.GetService<IHttpContextAccessor>() is { } accessor)
            accessor.HttpContext = context;
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
