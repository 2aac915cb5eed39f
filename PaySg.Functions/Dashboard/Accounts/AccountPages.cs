using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>The pages of an account: where they are, and the frame that they stand in.</summary>
internal sealed class AccountPages(DashboardPages pages)
{
    /// <summary>The payment links, within an account.</summary>
    public const string Links = "links";

    /// <summary>Where a link is created, within an account.</summary>
    public const string NewLink = "new-link";

    /// <summary>What payers did on the links, within an account.</summary>
    public const string Histories = "histories";

    /// <summary>The files of a period, within an account.</summary>
    public const string Reports = "reports";

    /// <summary>What the account is called, and its credentials.</summary>
    public const string Settings = "settings";

    /// <summary>The parts of an account's dashboard, as the frame of each page lists them: path, name, and who may go there.</summary>
    private static readonly (string Path, string Text, Permission Permission)[] Parts =
    [
        (Links, "Payment links", Permission.View),
        (NewLink, "New link", Permission.Billing),
        (Histories, "Histories", Permission.View),
        (Reports, "Reports", Permission.View),
        (OwnerPlace.Members, "Members", Permission.Administrator),
        (Settings, "Account", Permission.Administrator),
        (OwnerPlace.AuditLog, "Audit log", Permission.Administrator),
    ];

    /// <summary>A part of an account's dashboard.</summary>
    public string In(string accountId, string part) => $"{pages.Root}/accounts/{accountId}/{part}";

    /// <summary>The first part of an account's dashboard that somebody with the permissions may open. One who may only refund finds none, and is told so there.</summary>
    public string FirstPartOf(string accountId, Permission permissions) => In(accountId, Parts.FirstOrDefault(part => permissions.HasFlag(part.Permission)) is { Path: { } path } ? path : Links);

    /// <summary>The payment links of an account.</summary>
    public string LinksOf(string accountId) => In(accountId, Links);

    /// <summary>One payment link.</summary>
    public string LinkOf(string accountId, long linkId) => string.Create(CultureInfo.InvariantCulture, $"{LinksOf(accountId)}/{linkId}");

    /// <summary>One history.</summary>
    public string HistoryOf(string accountId, long historyId) => string.Create(CultureInfo.InvariantCulture, $"{In(accountId, Histories)}/{historyId}");

    /// <summary>A page for a member.</summary>
    public ApiAnswer Page(int status, AccountVisit visit, string title, Html body) => pages.Page(status, visit.Person, title, body, visit.Account.Name, PartsFor(visit));

    /// <summary>An account, for pages that payment services have, too.</summary>
    public OwnerPlace PlaceOf(AccountVisit visit) =>
        new(visit.Person, visit.Member, visit.Account.Name, part => In(visit.Account.Id, part), (status, title, body) => Page(status, visit, title, body));

    /// <summary>303: the browser is to fetch another page.</summary>
    public ApiAnswer SeeOther(string path) => pages.SeeOther(path);

    private Html PartsFor(AccountVisit visit) => Html.Of($"""
        <nav aria-label="{visit.Account.Name}">{Html.Join(Parts.Where(part => visit.May(part.Permission)).Select(part => Html.Of($"""<a href="{In(visit.Account.Id, part.Path)}">{part.Text}</a>""")))}</nav>
        """);
}
