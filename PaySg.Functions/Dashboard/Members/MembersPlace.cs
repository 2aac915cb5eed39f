using PaySg.Functions.Access.Members;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Members;

/// <summary>A payment service or an account whose members an administrator looks at.</summary>
/// <param name="Person">Who looks.</param>
/// <param name="Member">The same person as a member of it.</param>
/// <param name="OwnerName">What the payment service or the account is called.</param>
/// <param name="Path">Where the page of its members is.</param>
/// <param name="Page">Makes a page of it, of a status, a title and a body.</param>
internal sealed record MembersPlace(Person Person, Member Member, string OwnerName, string Path, Func<int, string, Html, ApiAnswer> Page)
{
    /// <summary>The id of the payment service or the account.</summary>
    public string OwnerId => Member.OwnerId;

    /// <summary>Whether it is an account, whose members keep payment links.</summary>
    public bool IsAccount => OwnerIds.KindOf(OwnerId) == OwnerKind.Account;
}
