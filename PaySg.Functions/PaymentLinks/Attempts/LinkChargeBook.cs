using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>The charges of accounts: each attempt on a payment link is one.</summary>
internal sealed class LinkChargeBook(PaySgTables tables, SettleLinkAttempt settle) : IChargeBook
{
    public TableClient Table => tables.PaymentLinks;

    public bool IsOf(string ownerId) => OwnerIds.KindOf(ownerId) == OwnerKind.Account;

    public async Task<IBookedAttempt> GetAsync(AttemptKey attempt) =>
        new Booked(settle, await settle.FindAsync(attempt.OwnerId, attempt.AttemptId) ?? throw ApiErrors.AttemptNotFound());

    private sealed class Booked(SettleLinkAttempt settle, LinkAttemptInPlay play) : IBookedAttempt
    {
        public GatewayAttempt AtGateway => play.Attempt.AtGateway;

        public async Task<ReadOnlyMemory<byte>> WriteAsync(ChargeOutcome outcome)
        {
            var attempt = (await settle.RunAsync(play, outcome)).Attempt;
            return HistoryJson.Print(attempt, attempt.UpdatedAt);
        }
    }
}
