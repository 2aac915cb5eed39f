namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>Runs the housekeeping once a day, at 02:00 in Singapore (timers run by UTC).</summary>
internal sealed class HousekeepingFunction(ForgetIdempotencyKeys forgetIdempotencyKeys, DeleteOldRows deleteOldRows, RenewSecrets renewSecrets, IndexAllPayments indexAllPayments)
{
    [Function("Housekeeping")]
    public async Task RunAsync([TimerTrigger("0 0 18 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await forgetIdempotencyKeys.RunAsync(cancellationToken);
        await deleteOldRows.RunAsync(cancellationToken);
        await renewSecrets.RunAsync(cancellationToken);
        await indexAllPayments.RunAsync(cancellationToken);
    }
}
