using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>The charges of payment services: each payment is one.</summary>
internal sealed class PaymentChargeBook(PaySgTables tables, SettleAttempt settle, PaymentJson paymentJson) : IChargeBook
{
    public TableClient Table => tables.Payments;

    public bool IsOf(string ownerId) => PaymentServiceStore.IsId(ownerId);

    public async Task<ReadOnlyMemory<byte>> WriteAsync(AttemptKey attempt, ChargeOutcome outcome)
    {
        var play = await settle.FindAsync(attempt) ?? throw ApiErrors.AttemptNotFound();
        return paymentJson.Print((await settle.RunAsync(play, outcome)).Payment);
    }
}
