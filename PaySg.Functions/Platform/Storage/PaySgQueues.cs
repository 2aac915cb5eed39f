using Azure.Storage.Queues;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Platform.Storage;

/// <summary>The product's queues. A message is an alarm clock: rows in tables say what is to be done.</summary>
internal sealed class PaySgQueues(StorageConnection connection)
{
    /// <summary>Names outbox rows that wait to be worked on.</summary>
    public const string OutboxName = "paysg-outbox";

    /// <summary>Names delivery attempts that are due.</summary>
    public const string DeliveriesName = "paysg-deliveries";

    /// <summary>Names mails that are due: a queue of its own, so that a relay that hangs delays no webhook.</summary>
    public const string EmailsName = "paysg-emails";

    /// <summary>The queue <see cref="OutboxName"/>.</summary>
    public OwnQueueClient Outbox { get; } = (connection ?? throw new ArgumentNullException(nameof(connection))).Queue(OutboxName);

    /// <summary>The queue <see cref="DeliveriesName"/>.</summary>
    public OwnQueueClient Deliveries { get; } = connection.Queue(DeliveriesName);

    /// <summary>The queue <see cref="EmailsName"/>.</summary>
    public OwnQueueClient Emails { get; } = connection.Queue(EmailsName);

    public IReadOnlyList<QueueClient> All => [Outbox, Deliveries, Emails];

    public async Task CreateMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in All)
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }
}
