namespace PaySg.Functions.Checkout;

/// <summary>Asks the gateway what became of an attempt in doubt. One that it does not know for long is withdrawn, so that it can never charge.</summary>
public sealed class LookUpCharge(IGateway gateway, TimeProvider clock)
{
    /// <summary>How long a gateway may not know an attempt before the attempt is withdrawn.</summary>
    public static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(15);

    /// <summary>The outcome; null: not known yet, and to be asked for again.</summary>
    public async Task<ChargeOutcome?> RunAsync(string chargeId, string attemptId, DateTimeOffset begunAt)
    {
        var outcome = await gateway.FindAsync(chargeId, attemptId, CancellationToken.None);
        if (outcome.State != ChargeState.Unknown)
        {
            return outcome;
        }

        return clock.GetUtcNow() - begunAt < UnknownFor ? null : await gateway.VoidAsync(chargeId, attemptId, CancellationToken.None);
    }
}
