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
}
