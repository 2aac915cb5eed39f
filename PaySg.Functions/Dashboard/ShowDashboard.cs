using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard.Accounts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>The first page: the payment services and the accounts that the person is a member of.</summary>
internal sealed class ShowDashboard(MemberStore members, PaymentServiceStore services, AccountStore accounts, DashboardPages pages, AccountPages accountPages)
{
    /// <summary>200 and the lists, which may be empty.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Person person)
    {
        var ofServices = new List<Html>();
        var ofAccounts = new List<Html>();
        foreach (var member in await members.ListOfAsync(person, call.ClientLeft))
        {
            if (OwnerIds.KindOf(member.OwnerId) == OwnerKind.Account)
            {
                if (await accounts.RecallAsync(member.OwnerId, call.ClientLeft) is { } account)
                    ofAccounts.Add(Entry(accountPages.LinksOf(account.Id), account.Name, member));
            }
            else if (await services.FindRememberedAsync(member.OwnerId, call.ClientLeft) is { } service)
            {
                ofServices.Add(Entry(pages.FirstPartOf(service.Id, member.Permissions), service.Name, member));
            }
        }

        var hasAny = ofServices.Count + ofAccounts.Count > 0;
        return pages.Page(200, person, "Start", Html.Of($"""
            <h1>{(hasAny ? "What you work with" : "Nothing here yet")}</h1>
            {List("Payment services", ofServices)}
            {List("Accounts with payment links", ofAccounts)}
            {(hasAny ? Html.Empty : Nothing(person))}
            """));
    }

    private static Html Entry(string path, string name, Member member) => Html.Of($"""
        <div><dt><a href="{path}">{name}</a></dt><dd>You may: {string.Join(", ", PermissionNames.Of(member.Permissions))}</dd></div>
        """);

    private static Html List(string heading, List<Html> entries) => Html.When(entries.Count > 0, $"""
        <h2>{heading}</h2>
        <dl>
        {Html.Join(entries)}
        </dl>
        """);

    private static Html Nothing(Person person) => Html.Of($"""
        <p>You are not a member of any payment service or account yet. Ask an administrator to invite you{Html.When(person.Email is not null, $" by the address <strong>{person.Email}</strong>")}.</p>
        """);
}
