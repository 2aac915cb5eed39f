using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PaySg.LocalHost.Mailbox;

/// <summary>
/// <c>GET /sandbox/mailbox</c> lists the mails that were sent, <c>GET /sandbox/mailbox/{id}</c> shows one as the payer would see it.
/// LocalHost alone has it.
/// </summary>
internal sealed class MailboxPages(MailStore mails)
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/sandbox/mailbox";

    private const int Listed = 100;

    // What a payment says is shown here as HTML: were it ever not encoded, it still could neither run, load nor send anything.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <summary>Maps the two paths.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], ListAsync);
        endpoints.MapMethods(Path + "/{id}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        json.WriteStartArray("mails");
        foreach (var mail in mails.Ids().Take(Listed).Select(mails.Find).OfType<ReceivedMail>())
        {
            json.WriteStartObject();
            json.WriteString("id", mail.Id);
            json.WriteString("from", mail.Message.From.ToString());
            json.WriteString("to", mail.Message.To.ToString());
            json.WriteString("subject", mail.Subject);
            json.WriteString("message_id", $"<{mail.Message.MessageId}>");
            json.WriteString("url", $"{Path}/{mail.Id}");
            json.WriteString("text", mail.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (mails.Find((string)context.Request.RouteValues["id"]!) is not { } mail)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(mail.HtmlWithImages, context.RequestAborted);
    }
}
