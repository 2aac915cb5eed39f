using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard;

/// <summary>A payment service or an account that somebody looks at, for pages that are the same for both.</summary>
/// <param name="Person">Who looks.</param>
/// <param name="Member">The same person as a member of it.</param>
/// <param name="OwnerName">What the payment service or the account is called.</param>
/// <param name="In">Where a part of its dashboard is.</param>
/// <param name="Page">Makes a page of it, of a status, a title and a body.</param>
internal sealed record OwnerPlace(Person Person, Member Member, string OwnerName, Func<string, string> In, Func<int, string, Html, ApiAnswer> Page)
{
    /// <summary>Who may use the dashboard: a part of each.</summary>
    public const string Members = "members";

    /// <summary>Who did what: a part of each.</summary>
    public const string AuditLog = "audit";

    /// <summary>The id of the payment service or the account.</summary>
    public string OwnerId => Member.OwnerId;

    /// <summary>Whether it is an account, whose members keep payment links.</summary>
    public bool IsAccount => OwnerIds.KindOf(OwnerId) == OwnerKind.Account;
}
