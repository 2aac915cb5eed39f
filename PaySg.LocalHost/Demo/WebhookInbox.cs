using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// A tiny receiver of webhooks: <c>POST /sandbox/webhook-inbox</c> takes one, <c>GET /sandbox/webhook-inbox?endpoint=we_…</c> shows the newest, of one endpoint or
/// of all, and whether their signatures verify: as a page to browsers, else as JSON. In memory; LocalHost alone has it.
/// </summary>
internal sealed class WebhookInbox(InboxSignatures signatures, LocalPage page, TimeProvider clock)
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/sandbox/webhook-inbox";

    private const int Remembered = 100;
    private const int LongestBody = 1024 * 1024;
    private static readonly string[] ShownHeaders =
    [
        "content-type", "user-agent", "paysg-signature", "webhook-id", "webhook-timestamp", "webhook-signature",
        "x-partner-id", "x-timestamp", "x-signature", "authorization",
    ];
    private static readonly JsonWriterOptions Readable = new() { Indented = true };
    private readonly ConcurrentQueue<ReceivedWebhook> received = new();

    /// <summary>Maps the two paths.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, TakeAsync);
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], ShowAsync);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > LongestBody)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var headers = ShownHeaders.Where(context.Request.Headers.ContainsKey)
            .ToDictionary(name => name, name => context.Request.Headers[name].ToString(), StringComparer.Ordinal);
        var webhook = new ReceivedWebhook(clock.GetUtcNow(), context.Request.GetEncodedPathAndQuery(), headers, body.ToArray());
        received.Enqueue(await signatures.CheckAsync(webhook, context.RequestAborted));
        while (received.Count > Remembered)
            received.TryDequeue(out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ShowAsync(HttpContext context)
    {
        var endpoint = context.Request.Query["endpoint"].ToString();
        var all = received.Reverse().ToList();
        var shown = endpoint.Length == 0 ? all : all.FindAll(webhook => webhook.EndpointId == endpoint);
        if (LocalPage.IsWantedBy(context.Request))
        {
            await page.WriteAsync(context, "Webhooks", WebhookInboxPage.Of(all, shown, endpoint));
            return;
        }

        context.Response.Headers.Vary = "Accept";
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        json.WriteStartArray("received");
        foreach (var webhook in shown)
            Write(json, webhook);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ReceivedWebhook webhook)
    {
        json.WriteStartObject();
        json.WriteString("received_at", webhook.ReceivedAt);
        json.WriteString("webhook_endpoint_id", webhook.EndpointId);
        Write(json, "paysg_signature_valid", webhook.PaySgValid);
        Write(json, "standard_webhooks_signature_valid", webhook.StandardValid);
        Write(json, "singapay_signature_valid", webhook.SingapayValid);
        json.WriteStartObject("headers");
        foreach (var (name, value) in webhook.Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WritePropertyName("body");
        if (webhook.Json is not null)
            json.WriteRawValue(webhook.Body);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(webhook.Body));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, bool? isValid)
    {
        if (isValid is { } known)
            json.WriteBoolean(name, known);
    }
}
