using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PaySg.Functions.Platform.Markup;
using PaySg.LocalHost.Demo;

namespace PaySg.LocalHost.Mailbox;

/// <summary>
/// <c>GET /sandbox/mailbox</c> lists the mails that were sent, as a page to browsers and else as JSON; <c>GET /sandbox/mailbox/{id}</c> shows one as
/// the payer would see it. LocalHost alone has it.
/// </summary>
internal sealed class MailboxPages(MailStore mails, LocalPage page)
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
        var listed = mails.Ids().Take(Listed).Select(mails.Find).OfType<ReceivedMail>();
        if (LocalPage.IsWantedBy(context.Request))
        {
            await page.WriteAsync(context, "Mails", PageOf([.. listed]));
            return;
        }

        context.Response.Headers.Vary = "Accept";
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        json.WriteStartArray("mails");
        foreach (var mail in listed)
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

    private static Html PageOf(IReadOnlyList<ReceivedMail> mails) => Html.Of($"""
        <h1>Mailbox</h1>
        {(mails.Count > 0 ? Html.Join(mails.Select(Entry)) : Html.Of($"<p>Nothing was sent yet. Create a payment with a <code>payer_email</code> and have it mailed or paid. Load the page again to see what is new.</p>"))}
        """);

    private static Html Entry(ReceivedMail mail) => Html.Of($"""
        <div class="entry">
        <h2><a href="{Path}/{mail.Id}">{mail.Subject}</a></h2>
        <p class="quiet">To {mail.Message.To.ToString()}, from {mail.Message.From.ToString()}</p>
        </div>
        """);

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
