namespace PaySg.Functions.Gateway;

/// <summary>
/// The one place where the product meets its gateway: whatever goes wrong on the other side ends here as an outcome, so nobody behind it catches anything.
/// It ignores whether the caller has left: what a gateway was asked is seen through.
/// </summary>
internal sealed class GatewayBorder(IGateway gateway, TimeProvider clock, ILogger<GatewayBorder> log)
{
    /// <summary>See <see cref="IGateway.IsSandbox"/>.</summary>
    public bool IsSandbox => gateway.IsSandbox;

    /// <summary>See <see cref="IGateway.Methods"/>.</summary>
    public IReadOnlyList<OfferedMethod> Methods => gateway.Methods;

    /// <summary>Whether an amount is charged by a method. What the gateway does not offer to payers has no limits.</summary>
    public bool Takes(string kind, long cents) => Methods.FirstOrDefault(method => method.Kind == kind)?.Takes(cents) != false;

    /// <summary>See <see cref="IGateway.TakesLinkMethods"/>.</summary>
    public bool TakesLinkMethods => gateway.TakesLinkMethods;

    /// <summary>See <see cref="IGateway.Cards"/>.</summary>
    public ICardTokens? Cards => gateway.Cards;

    /// <summary>See <see cref="IGateway.AccountOfAsync"/>.</summary>
    public Task<string?> AccountOfAsync(string ownerId) => gateway.AccountOfAsync(ownerId, CancellationToken.None);

    /// <summary>See <see cref="IGateway.ChargeAsync"/>.</summary>
    public Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method) =>
        OutcomeAsync("charge", attempt.Key, attempt.Key.AttemptId, ChargeOutcome.NotKnown, () => gateway.ChargeAsync(attempt, method, CancellationToken.None));

    /// <summary>See <see cref="IGateway.VoidAsync"/>.</summary>
    public Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt) =>
        OutcomeAsync("void", attempt.Key, attempt.Key.AttemptId, ChargeOutcome.NotKnown, () => gateway.VoidAsync(attempt, CancellationToken.None));

    /// <summary>See <see cref="IGateway.FindAsync"/>.</summary>
    public Task<ChargeOutcome> FindAsync(GatewayAttempt attempt) =>
        OutcomeAsync("find", attempt.Key, attempt.Key.AttemptId, ChargeOutcome.NotKnown, () => gateway.FindAsync(attempt, CancellationToken.None));

    /// <summary>Sends a refund for the first time.</summary>
    public Task<RefundOutcome> RefundAsync(GatewayRefund refund) =>
        OutcomeAsync("refund", refund.Charged.Key, refund.Id, RefundOutcome.NotKnown, () => gateway.RefundAsync(refund, CancellationToken.None));

    /// <summary>See <see cref="IGateway.FindRefundAsync"/>.</summary>
    public Task<RefundOutcome> FindRefundAsync(GatewayRefund refund) =>
        OutcomeAsync("find refund", refund.Charged.Key, refund.Id, RefundOutcome.NotKnown, () => gateway.FindRefundAsync(refund, CancellationToken.None));

    /// <summary>
    /// Sends a refund that may have been sent before: only if the gateway does not know it, and only while it remembers keys. After that, a refund which it
    /// does not know was never made and never will be.
    /// </summary>
    public async Task<RefundOutcome> RefundAgainAsync(GatewayRefund refund)
    {
        var found = await FindRefundAsync(refund);
        if (found.State != RefundState.Unknown)
            return found;

        return clock.GetUtcNow() - refund.AskedAt < GatewayKeys.RepeatedFor ? await RefundAsync(refund) : RefundOutcome.Refused(LookUpCharge.NotReceived);
    }

    private async Task<T> OutcomeAsync<T>(string call, AttemptKey attempt, string key, T notKnown, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault)
        {
            // Whatever went wrong, what was asked for may have happened: not an answer, but a doubt.
            Log.GatewaySilent(log, call, attempt.ChargeId, key, fault);
            return notKnown;
        }
    }
}
