using Microsoft.Extensions.Logging;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Errors;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Ends the attempt that may still charge a payer, before another begins or the payment is cancelled.</summary>
internal sealed class WithdrawAttempt(GatewayBorder gateway, SettleAttempt settle, ILogger<WithdrawAttempt> log)
{
    /// <summary>Voids the attempt at the gateway and writes what came of it: where it has charged, the payment is paid.</summary>
    /// <exception cref="ApiException">402 where the gateway is still processing it, 503 where it gave no clear answer.</exception>
    public async Task RunAsync(string paymentServiceId, string paymentId, string attemptId)
    {
        var outcome = await gateway.VoidAsync(paymentId, attemptId);
        switch (outcome.State)
        {
            case ChargeState.Pending:
                throw ApiErrors.PaymentProcessing();
            case ChargeState.NotKnown:
                // It may be withdrawn or not. Nothing is written: whoever comes next asks again.
                Log.ChargeInDoubt(log, paymentId, attemptId, null);
                throw ApiErrors.ChargeInDoubt();
        }

        if (await settle.FindAsync(paymentServiceId, paymentId, attemptId) is { } play)
        {
            await settle.RunAsync(play, outcome);
        }
    }
}
