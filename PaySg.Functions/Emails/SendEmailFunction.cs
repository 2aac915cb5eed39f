using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Outbox;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Emails;

/// <summary>Makes the attempt to send a mail that a queue message names.</summary>
public sealed class SendEmailFunction(SendMail sendMail)
{
    /// <summary>One message, one attempt.</summary>
    [Function("SendEmail")]
    public Task RunAsync([QueueTrigger(PaySgQueues.EmailsName)] string message)
    {
        var named = JsonSerializer.Deserialize(message, StoredJson.Compact.OutboxMessage)!;
        return sendMail.RunAsync(OutboxRow.Parse(named.OwnerId, named.RowKey)!);
    }
}
