namespace PaySg.Functions.Gateway;

/// <summary>
/// The one place where the product meets its gateway: whatever goes wrong on the other side ends here as an outcome, so nobody behind it catches anything.
/// It ignores whether the caller has left: what a gateway was asked is seen through.
/// </summary>
internal sealed class GatewayBorder(IGateway gateway, ILogger<GatewayBorder> log)
{
    /// <summary>See <see cref="IGateway.IsSandbox"/>.</summary>
    public bool IsSandbox => gateway.IsSandbox;

    /// <summary>Opens the charge and charges the payer by this attempt.</summary>
    public Task<ChargeOutcome> ChargeAsync(Charge charge, string attemptId, PaymentMethod method)
    {
        return OutcomeAsync("charge", charge.Id, attemptId, ChargeOutcome.NotKnown, async () =>
        {
            await gateway.BeginAsync(charge, CancellationToken.None);
            return await gateway.ConfirmAsync(new AttemptKey(charge.OwnerId, charge.Id, attemptId), method, CancellationToken.None);
        });
    }

    /// <summary>See <see cref="IGateway.VoidAsync"/>.</summary>
    public Task<ChargeOutcome> VoidAsync(AttemptKey attempt) =>
        OutcomeAsync("void", attempt.ChargeId, attempt.AttemptId, ChargeOutcome.NotKnown, () => gateway.VoidAsync(attempt, CancellationToken.None));

    /// <summary>See <see cref="IGateway.FindAsync"/>.</summary>
    public Task<ChargeOutcome> FindAsync(AttemptKey attempt) =>
        OutcomeAsync("find", attempt.ChargeId, attempt.AttemptId, ChargeOutcome.NotKnown, () => gateway.FindAsync(attempt, CancellationToken.None));

    /// <summary>See <see cref="IGateway.RefundAsync"/>.</summary>
    public Task<RefundOutcome> RefundAsync(AttemptKey attempt, string refundId, Money amount) =>
        OutcomeAsync("refund", attempt.ChargeId, refundId, RefundOutcome.NotKnown, () => gateway.RefundAsync(attempt, refundId, amount, CancellationToken.None));

    private async Task<T> OutcomeAsync<T>(string call, string chargeId, string key, T notKnown, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault)
        {
            // Whatever went wrong, what was asked for may have happened: not an answer, but a doubt.
            Log.GatewaySilent(log, call, chargeId, key, fault);
            return notKnown;
        }
    }
}
