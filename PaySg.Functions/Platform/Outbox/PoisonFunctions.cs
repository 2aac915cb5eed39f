namespace PaySg.Functions.Platform.Outbox;

/// <summary>
/// Sees messages that failed five times, which only bugs and crashes of ours can cause. Nothing is lost with them: the row that a
/// message named stands, and the sweeper sends a fresh one. What remains to be done is to tell somebody.
/// </summary>
internal sealed class PoisonFunctions(ILogger<PoisonFunctions> log)
{
    [Function("LogPoisonedOutbox")]
    public void LogOutbox([QueueTrigger(PaySgQueues.OutboxName + "-poison")] string message) =>
        Log.Poisoned(log, PaySgQueues.OutboxName, message);

    [Function("LogPoisonedDelivery")]
    public void LogDelivery([QueueTrigger(PaySgQueues.DeliveriesName + "-poison")] string message) =>
        Log.Poisoned(log, PaySgQueues.DeliveriesName, message);

    /// <summary>Logs a message of the mail queue.</summary>
    [Function("LogPoisonedEmail")]
    public void LogEmail([QueueTrigger(PaySgQueues.EmailsName + "-poison")] string message) =>
        Log.Poisoned(log, PaySgQueues.EmailsName, message);
}
