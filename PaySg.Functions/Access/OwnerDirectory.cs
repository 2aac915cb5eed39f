using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Access;

/// <summary>Knows whether a payment service or an account is there, for what works the same for both.</summary>
internal sealed class OwnerDirectory(PaymentServiceStore services, AccountStore accounts)
{
    /// <summary>Whether the text has the form of a payment service's or an account's id.</summary>
    public static bool IsId(string? text) => PaymentServiceStore.IsId(text) || AccountId.IsValid(text);

    /// <exception cref="ApiException">404: there is no such payment service or account.</exception>
    public async Task DemandAsync(string ownerId, CancellationToken cancellationToken)
    {
        var isThere = OwnerIds.KindOf(ownerId) == OwnerKind.Account
            ? await accounts.FindAsync(ownerId, cancellationToken) is not null
            : await services.FindAsync(ownerId, cancellationToken) is not null;
        if (!isThere)
            throw NotFound(ownerId);
    }

    /// <summary>404: there is no owner of this id, in the words for the kind of owner that it could have been of.</summary>
    public static ApiException NotFound(string ownerId) =>
        OwnerIds.KindOf(ownerId) == OwnerKind.Account ? ApiErrors.AccountNotFound() : ApiErrors.PaymentServiceNotFound();
}
