using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Reads one attempt on an account's payment links.</summary>
internal sealed class GetHistory(PaySgTables tables)
{
    /// <exception cref="ApiException">404: the text is no id, or there is no such attempt in this account.</exception>
    public async Task<LinkAttempt> RunAsync(string accountId, string historyId, CancellationToken cancellationToken)
    {
        if (PaymentLinkId.Parse(historyId) is not { } id)
            throw SingapayErrors.HistoryNotFound();

        var row = await tables.PaymentLinks.FindAsync(accountId, LinkAttemptRows.Key(id), cancellationToken);
        return row is not null ? LinkAttemptRows.Read(row) : throw SingapayErrors.HistoryNotFound();
    }
}
