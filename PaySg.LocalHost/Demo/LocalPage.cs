using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.LocalHost.Demo;

/// <summary>The frame of LocalHost's own pages, in the looks of the payers' pages.</summary>
internal sealed class LocalPage(PageAssets assets)
{
    // What comes in from outside is shown here: were it ever not encoded, it still could neither run, load nor send anything.
    private const string Policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Whether a page is wanted rather than JSON: browsers name HTML, and programs do not.</summary>
    public static bool IsWantedBy(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(each => each.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && each.Quality != 0);

    /// <summary>Sends a page.</summary>
    public Task WriteAsync(HttpContext context, string title, Html body)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Frame(title, body).Text, context.RequestAborted);
    }

    private Html Frame(string title, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} – PaySG on this machine</title>
        <link rel="icon" type="image/svg+xml" href="{assets.AddressOf("icon.svg")}">
        <link rel="stylesheet" href="{assets.AddressOf("pages.css")}">
        {Style}
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <p class="test-mode"><strong>Test mode</strong> No money moves.</p>
        <nav aria-label="PaySG on this machine">
        <a class="payee" href="/">PaySG on this machine</a>
        <a href="/external/api">API</a>
        <a href="{WebhookInbox.Path}">Webhooks</a>
        <a href="{Mailbox.MailboxPages.Path}">Mails</a>
        </nav>
        </header>
        <main id="main" tabindex="-1">
        {body}
        </main>
        </body>
        </html>

        """);

    private static readonly Html Style = new("""
        <style>
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; padding: .75rem max(1rem, calc((100% - 48rem) / 2 + 1rem)); }
        nav .payee { color: inherit; text-decoration: none; margin-right: auto; }
        header p, main { max-width: 48rem; }
        header .test-mode { max-width: none; padding-left: max(1rem, calc((100% - 48rem) / 2 + 1rem)); }
        .entry { padding: .75rem 0; border-bottom: 1px solid var(--line); }
        .entry h2, .entry p { margin: 0 0 .25rem; }
        .entry details { margin-top: .25rem; }
        summary { cursor: pointer; }
        pre { margin: .5rem 0; padding: .75rem; background: var(--ground); border-radius: .25rem; overflow: auto; font: .875rem/1.45 ui-monospace, "Liberation Mono", monospace; }
        </style>
        """);
}
