namespace PaySg.Functions.Gateway;

/// <summary>Asks the gateway what became of an attempt in doubt. One that it does not know for long is withdrawn, so that it can never charge.</summary>
internal sealed class LookUpCharge(GatewayBorder gateway, TimeProvider clock)
{
    /// <summary>The failure reason of an attempt or a refund that never arrived at the gateway.</summary>
    public const string NotReceived = "not_received";

    /// <summary>How long a gateway may not know an attempt before the attempt is withdrawn.</summary>
    public static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(15);

    /// <summary>The outcome. Where it is not known yet it changes nothing, and is to be asked for again.</summary>
    public async Task<ChargeOutcome> RunAsync(GatewayAttempt attempt)
    {
        var outcome = await gateway.FindAsync(attempt);
        if (outcome.State != ChargeState.Unknown || clock.GetUtcNow() - attempt.BegunAt < UnknownFor)
            return outcome;

        var ended = await gateway.VoidAsync(attempt);
        return ended.State == ChargeState.Voided ? ended with { Reason = NotReceived } : ended;
    }
}
