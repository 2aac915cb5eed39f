using Microsoft.Azure.Functions.Worker;

namespace PaySg.Functions.Housekeeping;

/// <summary>Runs the housekeeping once a day, at 02:00 in Singapore (timers run by UTC).</summary>
public sealed class HousekeepingFunction(ForgetIdempotencyKeys forgetIdempotencyKeys)
{
    /// <summary>One run.</summary>
    [Function("Housekeeping")]
    public Task RunAsync([TimerTrigger("0 0 18 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        forgetIdempotencyKeys.RunAsync(cancellationToken);
}
