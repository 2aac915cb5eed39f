using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard.Developers;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>Makes the answers of the dashboard: the frame that each page stands in, the way to sign in, and errors in the words of an officer.</summary>
internal sealed class DashboardPages(DashboardSettings settings, PageAnswers answers, PageAssets assets)
{
    /// <summary>Where one payment is created, within a payment service.</summary>
    public const string NewPayment = "new-payment";

    /// <summary>Where many are created by a file, within a payment service.</summary>
    public const string Batches = "batches";

    /// <summary>What was paid in a period, within a payment service.</summary>
    public const string Reports = "reports";

    /// <summary>What a payment service says of itself, within it.</summary>
    public const string Settings = "settings";

    /// <summary>The parts of a payment service's dashboard, as the frame of each page lists them: path, name, and who may go there.</summary>
    private static readonly (string Path, string Text, Permission Permission)[] Parts =
    [
        ("payments", "Payments", Permission.View),
        (NewPayment, "New payment", Permission.Billing),
        (Batches, "Batches", Permission.Billing),
        (Reports, "Reports", Permission.View),
        (OwnerPlace.Members, "Members", Permission.Administrator),
        (Settings, "Settings", Permission.Administrator),
        (OwnerPlace.AuditLog, "Audit log", Permission.Administrator),
        (DeveloperPaths.ApiKeys, "Developers", Permission.Administrator),
    ];

    private const string SignInPath = "/.auth/login/aad?post_login_redirect_uri=";
    private const string SignOutPath = "/.auth/logout?post_logout_redirect_uri=";

    /// <summary>What paths of the dashboard begin with.</summary>
    public string Root { get; } = answers.Root + "/dashboard";

    /// <summary>A part of a payment service's dashboard.</summary>
    public string In(string paymentServiceId, string part) => $"{Root}/{paymentServiceId}/{part}";

    /// <summary>The first part of a payment service's dashboard that somebody with the permissions may open. One who may only refund finds none, and is told so there.</summary>
    public string FirstPartOf(string paymentServiceId, Permission permissions) => In(paymentServiceId, Parts.FirstOrDefault(part => permissions.HasFlag(part.Permission)) is { Path: { } path } ? path : "payments");

    /// <summary>The payments of a payment service.</summary>
    public string PaymentsOf(string paymentServiceId) => In(paymentServiceId, "payments");

    /// <summary>One payment.</summary>
    public string PaymentOf(string paymentServiceId, string paymentId) => $"{PaymentsOf(paymentServiceId)}/{paymentId}";

    /// <summary>One batch.</summary>
    public string BatchOf(string paymentServiceId, string batchId) => $"{In(paymentServiceId, Batches)}/{batchId}";

    /// <summary>The page that the payer of a payment sees.</summary>
    public string PayerPageOf(string paymentId) => $"{answers.Root}/payments/{paymentId}";

    /// <summary>The address of a logo.</summary>
    /// <param name="logoPath">Where it is found, below the address of the installation.</param>
    public string LogoAt(string logoPath) => $"{answers.Root}/{logoPath}";

    /// <summary>The picture of a QR code that leads there.</summary>
    public string QrCodeOf(string paymentId) => $"{answers.Root}/v1/public/payments/{paymentId}-qr.png";

    /// <summary>A page for whoever is signed in.</summary>
    public ApiAnswer Page(int status, Person person, string title, Html body, Visit? visit = null) =>
        Page(status, person, title, body, visit?.Service.Name, visit is null ? Html.Empty : PartsFor(visit));

    /// <summary>The same, with the name and the parts of whatever it is a page of.</summary>
    /// <param name="owner">What the payment service or the account is called; null: it is a page of neither.</param>
    /// <param name="parts">The links to its parts.</param>
    public ApiAnswer Page(int status, Person person, string title, Html body, string? owner, Html parts) => answers.Whole(status, Frame(title, Html.Of($"""
        <p class="payee"><a href="{Root}">Dashboard</a>{Html.When(owner is not null, $""" <span class="quiet">{owner}</span>""")}</p>
        <p class="who"><span>{(person.Name.Length > 0 ? person.Name : person.Email ?? "Signed in")}</span> <a href="{SignOutPath}{Uri.EscapeDataString(Root)}">Sign out</a></p>
        {parts}
        """), body));

    /// <summary>A payment service, for pages that accounts have, too.</summary>
    public OwnerPlace PlaceOf(Visit visit) =>
        new(visit.Person, visit.Member, visit.Service.Name, part => In(visit.Service.Id, part), (status, title, body) => Page(status, visit.Person, title, body, visit));

    /// <summary>303: the browser is to fetch another page.</summary>
    public ApiAnswer SeeOther(string path) => answers.SeeOther(path);

    /// <summary>Sends whoever is not signed in to the platform, and back to where they wanted to go.</summary>
    public ApiAnswer SignIn(string path) => answers.SeeOther(SignInPath + Uri.EscapeDataString(answers.Root + path));

    /// <summary>A form came when its sender was signed in no more: nothing was done, and nothing is lost but the time.</summary>
    public ApiAnswer SignedOut(string path) => answers.Whole(401, Frame("Signed out", Html.Empty, Html.Of($"""
        <h1>You are signed out</h1>
        <p>Nothing was changed. Sign in again, and look at the page before you go on.</p>
        <p class="actions"><a class="button" href="{SignInPath}{Uri.EscapeDataString(answers.Root + path)}">Sign in</a></p>
        """)));

    /// <summary>Prints an error: the <see cref="ErrorPrinter"/> of the dashboard's functions. Where there is no dashboard it is that of a path that does not exist.</summary>
    public ApiAnswer Error(ApiError error, string requestId)
    {
        if (!settings.IsOpen)
            return ErrorAnswer.Of(error, requestId);

        var (title, text) = Words(error);
        return answers.Whole(error.Status, Frame(title, Html.Of($"""<p class="payee"><a href="{Root}">Dashboard</a></p>"""), Html.Of($"""
            <h1>{title}</h1>
            <p>{text}</p>
            {Html.When(error.Status >= 500, $"""<p class="quiet">If this goes on, ask for help and quote <code>{requestId}</code>.</p>""")}
            <p class="actions"><a class="button" href="{Root}">To the dashboard</a></p>
            """))).WithHeadersOf(error);
    }

    private static (string Title, string Text) Words(ApiError error) => error switch
    {
        { Code: "insufficient_permissions" } => ("You may not do this", "Nothing was changed. Ask an administrator of the payment service or the account for the permission."),
        { Code: "cross_site_form" } => ("This form is out of date", "Nothing was changed. Open the page again, and send the form from there."),
        { Status: 404 } => ("Page not found", "There is nothing here, or you are not a member of this payment service or account."),
        { Status: 400, Fields: [{ Field: ListAddress.After }] } => ("There is no such page of the list", "The address is not one that the list leads to. Open the list, and go on from there."),
        { Status: 413 or 415 or 400 } => ("We could not read this form", "Nothing was changed. Open the page again, and send the form from there."),
        { Status: 503 } => ("Please try again in a moment", "Open the page again before you repeat what you did: it says whether it was done."),
        { Status: >= 500 } => ("Something went wrong on our side", "Open the page again before you repeat what you did: it says whether it was done."),
        _ => ("This was not done", error.Message),
    };

    private Html PartsFor(Visit visit) => Html.Of($"""
        <nav aria-label="{visit.Service.Name}">{Html.Join(Parts.Where(part => visit.May(part.Permission)).Select(part => Html.Of($"""<a href="{In(visit.Service.Id, part.Path)}">{part.Text}</a>""")))}</nav>
        """);

    private Html Frame(string title, Html head, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>{title} – Dashboard</title>
        <link rel="icon" type="image/svg+xml" href="{assets.AddressOf("icon.svg")}">
        <link rel="stylesheet" href="{assets.AddressOf("pages.css")}">
        <link rel="stylesheet" href="{assets.AddressOf("dashboard.css")}">
        </head>
        <body class="office">
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        {answers.ModeNotice(Language.English.Texts)}
        {head}
        </header>
        <main id="main" tabindex="-1">
        {body}
        </main>
        </body>
        </html>

        """);
}
