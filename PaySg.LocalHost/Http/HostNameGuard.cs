using System.Net;
using Microsoft.AspNetCore.Http;

namespace PaySg.LocalHost.Http;

/// <summary>
/// Answers only calls that name this machine. A page of any site can make its own name resolve to 127.0.0.1 and would then talk to LocalHost, whose keys
/// everybody knows, as to its own server; the browser still sends that site's name in <c>Host</c>.
/// </summary>
internal static class HostNameGuard
{
    /// <summary>Goes on with the call, or answers 421 (misdirected request).</summary>
    public static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (IsThisMachine(context.Request.Host))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("LocalHost answers to localhost, 127.0.0.1 and [::1] only. Call it by one of these names.\n", context.RequestAborted);
    }

    /// <summary>Whether a host, with any port, is one of this machine's names.</summary>
    public static bool IsThisMachine(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
