using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard;

/// <summary>An officer at a page of a payment service.</summary>
/// <param name="Person">Who they are.</param>
/// <param name="Member">What they may do there.</param>
/// <param name="Service">The payment service.</param>
internal sealed record Visit(Person Person, Member Member, PaymentService Service)
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
