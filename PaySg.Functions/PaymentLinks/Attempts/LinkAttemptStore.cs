namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>Reads attempts on payment links: always from storage, never from a cache.</summary>
internal sealed class LinkAttemptStore(PaySgTables tables)
{
    /// <summary>The attempt of the account with this number; null: there is none. A point read: the number leads to the row.</summary>
    public async Task<LinkAttempt?> FindAsync(string accountId, string reffNo, CancellationToken cancellationToken)
    {
        if (LinkAttemptNo.IdOf(reffNo) is not { } id)
            return null;

        var row = await tables.PaymentLinks.FindAsync(accountId, LinkAttemptRows.Key(id), cancellationToken);
        return row is not null && LinkAttemptRows.Read(row) is var attempt && attempt.ReffNo == reffNo ? attempt : null;
    }
}
