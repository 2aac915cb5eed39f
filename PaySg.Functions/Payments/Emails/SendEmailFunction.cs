using System.Diagnostics;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Makes the attempt to send a mail that a queue message names.</summary>
internal sealed class SendEmailFunction(SendMail sendMail, ILogger<SendEmailFunction> log)
{
    /// <summary>One message, one attempt.</summary>
    [Function("SendEmail")]
    public async Task RunAsync([QueueTrigger(PaySgQueues.EmailsName)] string message)
    {
        var named = JsonSerializer.Deserialize(message, StoredOutboxJson.Compact.OutboxMessage)!;
        using var step = Tracing.Begin(log, Tracing.Mail, ActivityKind.Consumer, named.TraceParent);
        var row = OutboxRow.Parse(named.OwnerId, named.RowKey)!;
        row.TellTrace();
        await sendMail.RunAsync(row);
    }
}
