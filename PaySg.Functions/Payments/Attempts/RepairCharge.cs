using Azure;
using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Finds out what became of an attempt in doubt, and writes the truth.</summary>
internal sealed class RepairCharge(PaySgTables tables, LookUpCharge lookUp, SettleAttempt settle, ILogger<RepairCharge> log) : IOutboxWork
{
    public string Kind => OutboxKind.Charge;

    /// <summary>Looks the attempt of an in-doubt row up. Doing it twice does nothing new.</summary>
    public async Task RunAsync(OutboxRow work)
    {
        var key = ChargeAttemptRows.KeyOf(work);
        var play = await settle.FindAsync(key);
        if (play is not { Attempt.Status: ChargeAttemptStatus.Begun })
        {
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
            return;
        }

        var settled = await settle.RunAsync(play, await lookUp.RunAsync(play.AtGateway));
        if (settled.Attempt.Status != ChargeAttemptStatus.Begun)
            Log.ChargeRepaired(log, key.ChargeId, key.AttemptId, settled.Attempt.Status.ToString());
    }
}
