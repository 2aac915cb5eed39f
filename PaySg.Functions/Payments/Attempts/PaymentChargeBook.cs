using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>The charges of payment services: each payment is one.</summary>
internal sealed class PaymentChargeBook(PaySgTables tables, SettleAttempt settle, PaymentJson paymentJson) : IChargeBook
{
    /// <inheritdoc />
    public TableClient Table => tables.Payments;

    /// <inheritdoc />
    public bool IsOf(string ownerId) => PaymentServiceStore.IsId(ownerId);

    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>> WriteAsync(GatewayNotice notice, ChargeOutcome outcome)
    {
        var play = await settle.FindAsync(notice.OwnerId, notice.ChargeId, notice.AttemptId) ?? throw ApiErrors.AttemptNotFound();
        return paymentJson.Print((await settle.RunAsync(play, outcome)).Payment);
    }
}
