using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard.Accounts;

namespace PaySg.Functions.Dashboard;

/// <summary>
/// Lets officers in. Where there is no dashboard its paths do not exist. Who is not signed in is sent to sign in, or told so where a form was sent; who is no
/// member of a payment service or an account is told that it does not exist.
/// </summary>
internal sealed class DashboardDoor(DashboardSettings settings, MemberStore members, PaymentServiceStore services, AccountStore accounts, DashboardPages pages)
{
    private static readonly PathString Root = "/dashboard";

    /// <summary>Goes on with whoever is signed in.</summary>
    /// <exception cref="ApiException">404 where there is no dashboard.</exception>
    public async Task<ApiAnswer> EnterAsync(ApiCall call, Func<Person, Task<ApiAnswer>> inside)
    {
        ThrowIfClosed(call.Request);
        if (PlatformPrincipal.Read(call.Request, settings.TenantId!) is { } person)
            return await inside(person);

        return HttpMethods.IsPost(call.Request.Method) ? pages.SignedOut(call.Request.Path) : pages.SignIn(call.Request.Path);
    }

    /// <summary>Goes on with a member of the payment service who has the permission.</summary>
    /// <exception cref="ApiException">404 where there is no dashboard, or they are no member; 403 without the permission.</exception>
    public Task<ApiAnswer> EnterAsync(ApiCall call, string paymentServiceId, Permission permission, Func<Visit, Task<ApiAnswer>> inside) => EnterAsync(call, async person =>
    {
        var member = await members.FindAsync(person, paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
        var service = await services.FindRememberedAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
        var visit = new Visit(person, member, service);
        visit.Demand(permission);
        return await inside(visit);
    });

    /// <summary>Goes on with a member of the account who has the permission.</summary>
    /// <exception cref="ApiException">404 where there is no dashboard, or they are no member; 403 without the permission.</exception>
    public Task<ApiAnswer> EnterAccountAsync(ApiCall call, string accountId, Permission permission, Func<AccountVisit, Task<ApiAnswer>> inside) => EnterAsync(call, async person =>
    {
        // A payment service's id has another length, so its members do not come in here.
        var member = await members.FindAsync(person, accountId, call.ClientLeft) ?? throw ApiErrors.AccountNotFound();
        var account = await accounts.RecallAsync(accountId, call.ClientLeft) ?? throw ApiErrors.AccountNotFound();
        var visit = new AccountVisit(person, member, account);
        visit.Demand(permission);
        return await inside(visit);
    });

    /// <summary>Where there is no dashboard its paths take no method at all.</summary>
    /// <exception cref="ApiException">404.</exception>
    public void ThrowIfClosed(HttpRequest request)
    {
        if (!settings.IsOpen && request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase))
            throw ApiErrors.UnknownPath();
    }
}
