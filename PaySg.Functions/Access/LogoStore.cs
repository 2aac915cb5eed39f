namespace PaySg.Functions.Access;

/// <summary>Keeps logos, each in the partition of its payment service. None is ever deleted: receipts name the one that their payer saw.</summary>
internal sealed class LogoStore(PaySgTables tables)
{
    private const string Prefix = "logo:";
    private const string Content = "content";

    /// <summary>Saves a logo. Under its name there is only ever the same picture, so it may be there already.</summary>
    public async Task SaveAsync(string paymentServiceId, Logo logo, CancellationToken cancellationToken) =>
        await tables.Access.PutAsync(new TableEntity(paymentServiceId, Prefix + logo.Name) { [Content] = logo.Content }, cancellationToken);

    /// <summary>The logo with this name; null: there is none, or the name or the id is none.</summary>
    public async Task<Logo?> FindAsync(string paymentServiceId, string name, CancellationToken cancellationToken) =>
        PaymentServiceStore.IsId(paymentServiceId) && Logo.IsName(name)
        && await tables.Access.FindAsync(paymentServiceId, Prefix + name, cancellationToken) is { } row
            ? new Logo(name, row.GetBinary(Content))
            : null;
}
