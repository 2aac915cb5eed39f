using System.Collections.Concurrent;
using System.Collections.Frozen;
using PaySg.Functions.Access;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Operations.Contract;

/// <summary>
/// The page where developers read the document and try calls: Swagger UI, from this assembly. Where the app was built without Swagger UI
/// (<c>npm ci</c> fetches it), the page leads to the document itself.
/// </summary>
internal sealed class ApiBrowser
{
    private const string Prefix = "PaySg.Functions.Operations.Contract.Browser.";
    private const string Script = "swagger-ui-bundle.js";
    private const string Style = "swagger-ui.css";
    private const string Start = "start.js";

    // Swagger UI draws its icons as data; all else comes from here, and what is typed goes nowhere else.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly FrozenSet<string> Files = typeof(ApiBrowser).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Lazy<CompressedFile>> read = new(StringComparer.Ordinal);
    private readonly ApiAnswer page;

    public ApiBrowser(PaySgSettings settings, AccessSettings access)
    {
        var root = PublicPath.Of(settings) + "/external/api";
        var head = Files.Contains(Script)
            ? Html.Of($"""
                <link rel="stylesheet" href="{root}/assets/{Style}">
                <script src="{root}/assets/{Script}" defer></script>
                <script src="{root}/assets/{Start}" defer></script>
                """)
            : Html.Empty;
        // Everybody knows the key of a laptop; any other is typed by whoever has it.
        var key = Html.When(access.DemoApiKey is not null, $"""
             data-api-key="{access.DemoApiKey}"
            """);
        page = new ApiAnswer(200, Encoding.UTF8.GetBytes(Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>PaySG for Azure: the API</title>
            <link rel="icon" href="data:,">
            {head}
            </head>
            <body>
            <main id="api" data-document="{root}/openapi.json"{key}>
            <h1>PaySG for Azure: the API</h1>
            <p>All calls stand in one <a href="{root}/openapi.json">OpenAPI document</a>. With script, and in an app that was built with Swagger UI, it is drawn here.</p>
            </main>
            </body>
            </html>
            """).Text))
        {
            ContentType = "text/html; charset=utf-8",
            CacheControl = "no-cache",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Security-Policy"] = Policy,
                ["Cross-Origin-Opener-Policy"] = "same-origin",
                ["Referrer-Policy"] = "no-referrer",
                ["X-Frame-Options"] = "DENY",
            },
        };
    }

    public ApiAnswer Page() => page;

    /// <summary>200 and a file of the page, or 304 where the client has it.</summary>
    /// <exception cref="ApiException">404: there is no such file.</exception>
    public ApiAnswer File(HttpRequest request, string name) =>
        Files.Contains(name)
            ? read.GetOrAdd(name, static file => new Lazy<CompressedFile>(() => Read(file))).Value.Answer(request)
            : throw ApiErrors.UnknownPath();

    private static CompressedFile Read(string name)
    {
        using var stream = typeof(ApiBrowser).Assembly.GetManifestResourceStream(Prefix + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new CompressedFile(bytes, Path.GetExtension(name) == ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
    }
}
