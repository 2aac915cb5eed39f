using Azure.Data.Tables;
using PaySg.Functions.Accounts;
using PaySg.Functions.Configuration;

namespace PaySg.Functions.Storage;

/// <summary>The product's tables. What must be true together lives in one partition of one table.</summary>
public sealed class PaySgTables
{
    private readonly TableServiceClient service;

    /// <summary>Names the tables; nothing is sent yet.</summary>
    public PaySgTables(StorageConnection connection, PaySgSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        service = connection.Tables();
        Access = service.GetTableClient(settings.TablePrefix + "access");
        Payments = service.GetTableClient(settings.TablePrefix + "payments");
        PaymentLinks = service.GetTableClient(settings.TablePrefix + "paymentlinks");
        Webhooks = service.GetTableClient(settings.TablePrefix + "webhooks");
        Deliveries = service.GetTableClient(settings.TablePrefix + "deliveries");
        Sandbox = service.GetTableClient(settings.TablePrefix + "sandbox");
    }

    /// <summary>Owners, API keys by hash, the codes of payment services.</summary>
    public TableClient Access { get; }

    /// <summary>Partition = payment service: payments, their index, charge attempts, mails, events, outbox, idempotency records.</summary>
    public TableClient Payments { get; }

    /// <summary>Partition = account: payment links, the attempts on them, events, outbox. Partition = <c>reff:…</c>: who has this <c>reff_no</c>.</summary>
    public TableClient PaymentLinks { get; }

    /// <summary>Partition = owner: webhook endpoints.</summary>
    public TableClient Webhooks { get; }

    /// <summary>Partition = webhook endpoint: deliveries and the due rows that are their schedule.</summary>
    public TableClient Deliveries { get; }

    /// <summary>What the sandbox gateway remembers. Not used by another gateway.</summary>
    public TableClient Sandbox { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<TableClient> All => [Access, Payments, PaymentLinks, Webhooks, Deliveries, Sandbox];

    /// <summary>The table with the events and the outbox of an owner: payments or payment links.</summary>
    public TableClient OfOwner(string ownerId) => AccountId.IsValid(ownerId) ? PaymentLinks : Payments;

    /// <summary>Creates the tables that are missing.</summary>
    public async Task CreateMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var table in All)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }
    }
}
