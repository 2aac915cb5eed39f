using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>Makes the answers of all pages: the frame that each page stands in, and the headers that protect it.</summary>
internal sealed class PageAnswers(PaySgSettings settings, PageSettings own, PageAssets assets)
{
    // Everything comes from here, nothing runs that is not a file of ours, and nobody may frame a page or send its forms elsewhere.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly Lazy<(Html Style, string Policy)> document = new(() => StyleOf(assets.Find("pages.css")!));
    private static readonly Payee Nobody = new("PaySG", "", []);
    private readonly Dictionary<string, string> headers = new(TransportSecurity.HeadersFor(settings))
    {
        ["Content-Security-Policy"] = Policy,
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()",
        ["Referrer-Policy"] = "no-referrer",
        ["X-Frame-Options"] = "DENY",
    };

    /// <summary>What paths of pages begin with.</summary>
    public string Root { get; } = PublicPath.Of(settings);

    /// <summary>An answer that shows a page.</summary>
    internal ApiAnswer Page(int status, Page page)
    {
        var answer = new ApiAnswer(status, Encoding.UTF8.GetBytes(Frame(page).Text)) { ContentType = "text/html; charset=utf-8", Headers = HeadersOf(page) };
        return page.Reader.IsSwitching ? answer.WithHeader("Set-Cookie", CookieOf(page.Reader.Say.Language)) : answer;
    }

    /// <summary>An answer that shows a page to keep: it carries its style, loads nothing, runs nothing and sends nothing.</summary>
    internal ApiAnswer Document(Page page) => new(200, Encoding.UTF8.GetBytes(DocumentOf(page).Text))
    {
        ContentType = "text/html; charset=utf-8",
        Headers = new Dictionary<string, string>(HeadersOf(page)) { ["Content-Security-Policy"] = document.Value.Policy },
    };

    /// <summary>An answer that shows a whole document in a frame of its own, with the headers that protect pages.</summary>
    internal ApiAnswer Whole(int status, Html document) => new(status, Encoding.UTF8.GetBytes(document.Text))
    {
        ContentType = "text/html; charset=utf-8",
        Headers = headers,
    };

    /// <summary>What stands above each page in test mode; in live mode nothing.</summary>
    internal Html ModeNotice(Texts say) => Html.When(settings.Mode == PaySgMode.Test, $"""<p class="test-mode"><strong>{say.Page.TestMode}</strong> {say.Page.NoMoneyMoves}</p>""");

    /// <summary>An answer that is a picture to keep.</summary>
    /// <param name="png">Its bytes.</param>
    /// <param name="name">The name of the file.</param>
    internal ApiAnswer Picture(byte[] png, string name) =>
        new ApiAnswer(200, png) { ContentType = "image/png", Headers = headers }.WithHeader("Content-Disposition", $"attachment; filename=\"{name}\"");

    /// <summary>303: the browser is to fetch another page of ours.</summary>
    /// <param name="path">The path and query, from the root of the site.</param>
    public ApiAnswer SeeOther(string path) => new ApiAnswer(303, default) { Headers = headers }.WithHeader("Location", path);

    /// <summary>What prints an error as a page for whoever sent the request: that of all functions that answer pages.</summary>
    public ErrorPrinter ErrorFor(HttpRequest request) =>
        (error, requestId) => Page(error.Status, ErrorPage.Of(Reader.Of(request), error, requestId, Nobody)).WithHeadersOf(error);

    private Dictionary<string, string> HeadersOf(Page page) => new(headers)
    {
        ["Content-Language"] = page.Reader.Say.Language.HtmlTag,
        [HeaderNames.Vary] = "Accept-Language, Cookie",
    };

    /// <summary>The choice of a language, for a year: it says nothing of who chose. Script has no use for it, and other sites may link here.</summary>
    private string CookieOf(Language language)
    {
        var path = Root.Length > 0 ? Root : "/";
        var secure = settings.PublicBaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "; Secure" : "";
        return $"{Reader.Choice}={language.Tag}; Max-Age=31536000; Path={path}; HttpOnly; SameSite=Lax{secure}";
    }

    private Html Frame(Page page) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{page.Reader.Say.Language.HtmlTag}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">{page.Head}
        <title>{page.Title} – {page.Payee.Name}</title>
        <link rel="icon" type="image/svg+xml" href="{assets.AddressOf("icon.svg")}">
        <link rel="stylesheet" href="{assets.AddressOf("pages.css")}">
        <script src="{assets.AddressOf("pages.js")}" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">{page.Reader.Say.Page.SkipToContent}</a>
        {HeaderOf(page, Html.When(own.HasMasthead, $"{Masthead.Of(page.Reader.Say.Masthead)}"), LogoOf(page.Payee))}
        <main id="main" tabindex="-1" data-state="{page.State}">
        {page.Body}
        </main>
        <footer>
        {QuestionsOf(page)}
        <p class="warning">{page.Warning}</p>
        </footer>
        </body>
        </html>

        """);

    private Html DocumentOf(Page page) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{page.Reader.Say.Language.HtmlTag}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{page.Title} – {page.Payee.Name}</title>
        <style>{document.Value.Style}</style>
        </head>
        <body>
        {HeaderOf(page, Html.Empty, Html.Empty)}
        <main>
        {page.Body}
        </main>
        <footer>
        {QuestionsOf(page)}
        </footer>
        </body>
        </html>

        """);

    /// <summary>The logo, whose name stands beside it. Only of our own origin: the policy allows no other.</summary>
    private Html LogoOf(Payee payee) => Html.When(payee.LogoPath is not null, $"""<img src="{Root}/{payee.LogoPath}" alt="">""");

    private Html HeaderOf(Page page, Html masthead, Html logo) => Html.Of($"""
        <header>
        {masthead}
        {ModeNotice(page.Reader.Say)}
        <p class="payee">{logo}{page.Payee.Name}</p>
        {Html.When(page.Reader.Offered.Count > 0, $"""<nav class="languages" aria-label="{page.Reader.Say.Page.Language}">{DefaultButtonOf(page)}{Html.Join(page.Reader.Offered.Select(language => SwitchTo(language, page)))}</nav>""")}
        </header>
        """);

    /// <summary>A link to the page in another language; where something is typed into a form, a button that sends it, so that nothing has to be typed again.</summary>
    private static Html SwitchTo(Language language, Page page) => (language == page.Reader.Say.Language, page.FormId) switch
    {
        (true, _) => Html.Of($"""<span lang="{language.HtmlTag}" aria-current="true">{language.OwnName}</span>"""),
        (_, null) => Html.Of($"""<a lang="{language.HtmlTag}" hreflang="{language.HtmlTag}" href="{page.Reader.AddressIn(language)}">{language.OwnName}</a>"""),
        (_, { } form) => Html.Of($"""<button lang="{language.HtmlTag}" type="submit" form="{form}" name="{Reader.Choice}" value="{language.Tag}">{language.OwnName}</button>"""),
    };

    /// <summary>The Enter key in a field presses the form's first button (HTML, "implicit submission"). That must not be one that changes the language.</summary>
    private static Html DefaultButtonOf(Page page) =>
        Html.When(page.FormId is not null, $"""<button class="unseen" type="submit" form="{page.FormId}" tabindex="-1" aria-hidden="true"></button>""");

    private static Html QuestionsOf(Page page) =>
        Html.When(page.Payee.Support.Count > 0, $"""<p>{page.Reader.Say.Page.Questions(page.Payee.Name, Support(page.Payee))}</p>""");

    /// <summary>The style within a document, and the policy that names it by its digest (CSP Level 3, "hash-source").</summary>
    private static (Html Style, string Policy) StyleOf(byte[] file)
    {
        var style = new Html(Encoding.UTF8.GetString(file));
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style.Text)));
        return (style, $"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private static Html Support(Payee payee) => new(string.Join(", ", payee.Support.Select(static way => ContactWay.Of(way).Text)));
}
