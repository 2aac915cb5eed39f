using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>The charges of payment services: each payment is one.</summary>
internal sealed class PaymentChargeBook(PaySgTables tables, SettleAttempt settle, PaymentJson paymentJson) : IChargeBook
{
    public TableClient Table => tables.Payments;

    public bool IsOf(string ownerId) => PaymentServiceStore.IsId(ownerId);

    public async Task<IBookedAttempt> GetAsync(AttemptKey attempt) =>
        new Booked(settle, paymentJson, await settle.FindAsync(attempt) ?? throw ApiErrors.AttemptNotFound());

    private sealed class Booked(SettleAttempt settle, PaymentJson paymentJson, AttemptInPlay play) : IBookedAttempt
    {
        public GatewayAttempt AtGateway => play.AtGateway;

        public async Task<ReadOnlyMemory<byte>> WriteAsync(ChargeOutcome outcome) => paymentJson.Print((await settle.RunAsync(play, outcome)).Payment);
    }
}
