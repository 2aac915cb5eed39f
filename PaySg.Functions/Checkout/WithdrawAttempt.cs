using PaySg.Functions.Errors;

namespace PaySg.Functions.Checkout;

/// <summary>Ends the attempt that may still charge a payer, before another begins or the payment is cancelled.</summary>
public sealed class WithdrawAttempt(IGateway gateway, SettleAttempt settle)
{
    /// <summary>Voids the attempt at the gateway and writes what came of it: where it has charged, the payment is paid.</summary>
    /// <exception cref="ApiException">402 where the gateway is still processing it.</exception>
    public async Task RunAsync(string paymentServiceId, string paymentId, string attemptId)
    {
        var outcome = await gateway.VoidAsync(paymentId, attemptId, CancellationToken.None);
        if (outcome.State == ChargeState.Pending)
        {
            throw ApiErrors.PaymentProcessing();
        }

        if (await settle.FindAsync(paymentServiceId, paymentId, attemptId) is { } play)
        {
            await settle.RunAsync(play, outcome);
        }
    }
}
