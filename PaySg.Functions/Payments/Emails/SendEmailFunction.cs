using System.Diagnostics;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Makes the attempt to send a mail that a queue message names.</summary>
public sealed class SendEmailFunction(SendMail sendMail, ILogger<SendEmailFunction> log)
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
