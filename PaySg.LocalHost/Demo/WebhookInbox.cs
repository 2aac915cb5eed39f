using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// A tiny receiver of webhooks: <c>POST /sandbox/webhook-inbox</c> takes one, <c>GET /sandbox/webhook-inbox?secret=whsec_…</c> shows the
/// newest and whether their signatures verify under that secret (of the Singapay API: the client secret). In memory; LocalHost alone has it.
/// </summary>
internal sealed class WebhookInbox(TimeProvider clock)
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
        received.Enqueue(new ReceivedWebhook(clock.GetUtcNow(), context.Request.GetEncodedPathAndQuery(), headers, body.ToArray()));
        while (received.Count > Remembered)
            received.TryDequeue(out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ShowAsync(HttpContext context)
    {
        var secret = context.Request.Query["secret"].ToString();
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        if (secret.Length == 0)
            json.WriteString("hint", "Add ?secret=whsec_... (the secret that the endpoint's creation showed, or an account's client secret) to have the signatures verified.");
        json.WriteStartArray("received");
        foreach (var webhook in received.Reverse())
            Write(json, webhook, secret);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ReceivedWebhook webhook, string secret)
    {
        json.WriteStartObject();
        json.WriteString("received_at", webhook.ReceivedAt);
        if (secret.Length > 0 && SignatureCheck.IsSingapay(webhook))
        {
            json.WriteBoolean("singapay_signature_valid", SignatureCheck.Singapay(webhook, secret));
        }
        else if (secret.Length > 0)
        {
            json.WriteBoolean("paysg_signature_valid", SignatureCheck.PaySg(webhook, secret));
            json.WriteBoolean("standard_webhooks_signature_valid", SignatureCheck.StandardWebhooks(webhook, secret));
        }

        json.WriteStartObject("headers");
        foreach (var (name, value) in webhook.Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WritePropertyName("body");
        if (IsJson(webhook.Body))
            json.WriteRawValue(webhook.Body);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(webhook.Body));
        json.WriteEndObject();
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
