using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.Access;

/// <summary>Keeps logos, each in the partition of its payment service or account. None is ever deleted: receipts name the one that their payer saw.</summary>
internal sealed class LogoStore(PaySgTables tables)
{
    private const string Prefix = "logo:";
    private const string Content = "content";

    /// <summary>Saves a logo. Under its name there is only ever the same picture, so it may be there already.</summary>
    public async Task SaveAsync(string ownerId, Logo logo, CancellationToken cancellationToken) =>
        await tables.Access.PutAsync(new TableEntity(ownerId, Prefix + logo.Name) { [Content] = logo.Content }, cancellationToken);

    /// <summary>The logo with this name; null: there is none, or the name or the id is none.</summary>
    public async Task<Logo?> FindAsync(string ownerId, string name, CancellationToken cancellationToken) =>
        (PaymentServiceStore.IsId(ownerId) || AccountId.IsValid(ownerId)) && Logo.IsName(name)
        && await tables.Access.FindAsync(ownerId, Prefix + name, cancellationToken) is { } row
            ? new Logo(name, row.GetBinary(Content))
            : null;
}
