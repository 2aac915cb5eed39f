using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Ends the attempt that may still charge a payer, before another begins or the payment is cancelled.</summary>
internal sealed class WithdrawAttempt(GatewayBorder gateway, SettleAttempt settle, ILogger<WithdrawAttempt> log)
{
    /// <summary>Voids the attempt at the gateway and writes what came of it: where it has charged, the payment is paid.</summary>
    /// <returns>Null; or why it could not be withdrawn: the gateway is still processing it, or gave no clear answer.</returns>
    public async Task<ChargeRefusal?> RunAsync(GatewayAttempt attempt)
    {
        var outcome = await gateway.VoidAsync(attempt);
        switch (outcome.State)
        {
            case ChargeState.Pending:
                return ChargeRefusal.Processing;
            case ChargeState.NotKnown:
                // It may be withdrawn or not. Nothing is written: whoever comes next asks again.
                Log.ChargeInDoubt(log, attempt.Key.ChargeId, attempt.Key.AttemptId, null);
                return ChargeRefusal.InDoubt;
        }

        if (await settle.FindAsync(attempt.Key) is { } play)
            await settle.RunAsync(play, outcome);

        return null;
    }
}
