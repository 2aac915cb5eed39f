using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Stands between a process and its storage account, so that a test can act at the very moment of a request or an answer.</summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly List<WebApplication> listeners = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private StorageProxy()
    {
    }

    /// <summary>The account's connection string, through the proxy.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>Asked before a request is passed on; false: it is not, and the connection breaks off.</summary>
    public Func<HttpRequest, bool> PassesOn { get; set; } = static _ => true;

    /// <summary>Asked before an answer is passed back; false: it is not, and the connection breaks off.</summary>
    public Func<HttpRequest, string, bool> PassesBack { get; set; } = static (_, _) => true;

    /// <summary>Asked before a request is passed on: an error of storage in its place, by status and code; null: none.</summary>
    public Func<HttpRequest, (int Status, string Code)?> Refuses { get; set; } = static _ => null;

    /// <summary>How far storage's clock, as its answers tell it, is ahead of this machine's.</summary>
    public TimeSpan ClockAhead { get; set; }

    public static async Task<StorageProxy> StartAsync(string connection)
    {
        var proxy = new StorageProxy();
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToList();
        foreach (var part in parts.Where(part => part[0].EndsWith("Endpoint", StringComparison.Ordinal)))
        {
            var target = new Uri(part[1]);
            var address = await proxy.ListenAsync(target);
            part[1] = address.GetLeftPart(UriPartial.Authority) + target.AbsolutePath;
        }

        proxy.Connection = string.Join(';', parts.Select(part => $"{part[0]}={part[1]}")) + ";";
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
        http.Dispose();
    }

    private async Task<Uri> ListenAsync(Uri target)
    {
        var listener = await LoopbackServer.StartAsync(context => ForwardAsync(context, target));
        listeners.Add(listener);
        return LoopbackServer.AddressOf(listener);
    }

    private async Task ForwardAsync(HttpContext context, Uri target)
    {
        if (!PassesOn(context.Request))
        {
            context.Abort();
            return;
        }

        if (Refuses(context.Request) is { } refusal)
        {
            await RefuseAsync(context, refusal.Status, refusal.Code);
            return;
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(target, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Content-Length" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (!PassesBack(context.Request, System.Text.Encoding.UTF8.GetString(answer)))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")))
            context.Response.Headers[name] = values.ToArray();
        context.Response.Headers.Date = Now();
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await context.Response.Body.WriteAsync(answer);
    }

    /// <summary>An error as queues (XML) or tables (JSON) print it.</summary>
    private Task RefuseAsync(HttpContext context, int status, string code)
    {
        var isTable = context.Request.Headers.ContainsKey("DataServiceVersion");
        context.Response.StatusCode = status;
        context.Response.Headers.Date = Now();
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = isTable ? "application/json" : "application/xml";
        return context.Response.WriteAsync(isTable
            ? $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"Refused."}}}"""
            : $"""<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>Refused.</Message></Error>""");
    }

    private string Now() => (TimeProvider.System.GetUtcNow() + ClockAhead).ToString("R", CultureInfo.InvariantCulture);
}
