using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>An officer at a page of an account.</summary>
/// <param name="Person">Who they are.</param>
/// <param name="Member">What they may do there.</param>
/// <param name="Account">The account.</param>
internal sealed record AccountVisit(Person Person, Member Member, Account Account)
{
    /// <summary>Whether they may do this.</summary>
    public bool May(Permission permission) => Member.Permissions.HasFlag(permission);

    /// <exception cref="ApiException">403 where they may not do this.</exception>
    public void Demand(Permission permission)
    {
        if (!May(permission))
            throw ApiErrors.InsufficientPermissions(PermissionNames.Format(permission));
    }

    /// <summary>
    /// The idempotency key of an operation that the member's form asks for. Those of the management API are all the operator's: so the member is a part of the key, and
    /// nobody gets an answer that was another's.
    /// </summary>
    /// <param name="form">The key that the form carries.</param>
    public string KeyOf(string form) => $"{Member.Id}:{form}";
}
