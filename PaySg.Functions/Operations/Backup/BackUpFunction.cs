namespace PaySg.Functions.Operations.Backup;

/// <summary>Looks every hour whether a backup is due: so one that was killed is continued within the hour.</summary>
internal sealed class BackUpFunction(BackUpAll backUp)
{
    [Function("BackUp")]
    public Task RunAsync([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => backUp.RunAsync(cancellationToken);
}
