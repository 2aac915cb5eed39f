using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>The charges of accounts: each attempt on a payment link is one.</summary>
internal sealed class LinkChargeBook(PaySgTables tables, SettleLinkAttempt settle) : IChargeBook
{
    public TableClient Table => tables.PaymentLinks;

    public bool IsOf(string ownerId) => OwnerIds.KindOf(ownerId) == OwnerKind.Account;

    public async Task<ReadOnlyMemory<byte>> WriteAsync(AttemptKey key, ChargeOutcome outcome)
    {
        var play = await settle.FindAsync(key.OwnerId, key.AttemptId) ?? throw ApiErrors.AttemptNotFound();
        var attempt = (await settle.RunAsync(play, outcome)).Attempt;
        return HistoryJson.Print(attempt, attempt.UpdatedAt);
    }
}
