using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace PaySg.LocalHost.Worker;

/// <summary>Forwards a request to the worker's own web server, with the headers that the Functions host sets.</summary>
internal sealed class WorkerForwarder : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromHours(1) };

    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider();
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Forwards a request. Throws where there was no answer, or the function failed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="worker">The worker's address.</param>
    /// <param name="invocationId">Joins the request with the invocation.</param>
    /// <param name="invocation">The invocation.</param>
    public async Task ForwardAsync(HttpContext context, Uri worker, string invocationId, Task invocation)
    {
        var error = await services.GetRequiredService<IHttpForwarder>()
            .SendAsync(context, worker.GetLeftPart(UriPartial.Authority), client, Config, new Headers(invocationId, invocation), context.RequestAborted);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested)
            return;
        var fault = context.GetForwarderErrorFeature()?.Exception;
        if (fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
            throw new WorkerEndedException($"The worker listens no more: {fault.Message}");
        throw new WorkerException($"The request did not reach the worker, or its answer broke off ({error}): {fault?.Message}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        services.Dispose();
    }

    private sealed class Headers(string invocationId, Task invocation) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            Set("x-ms-invocation-id", invocationId);
            Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString() ?? "");
            Set("X-Forwarded-Host", httpContext.Request.Host.Value ?? "");
            Set("X-Forwarded-Proto", httpContext.Request.Scheme);

            void Set(string name, string value)
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }

        /// <summary>The worker answers an empty 200 where the function throws. The host knows better, and so do we, once the invocation has ended.</summary>
        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentLength: 0 })
            {
                await invocation.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!invocation.IsCompletedSuccessfully)
                    return false;
            }

            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
