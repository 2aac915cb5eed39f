namespace PaySg.Functions.Platform.Storage;

/// <summary>The product's tables. What must be true together lives in one partition of one table.</summary>
internal sealed class PaySgTables
{
    private readonly TableServiceClient service;
    private readonly string prefix;
    private readonly IWorkIndex? index;

    /// <summary>Names the tables; nothing is sent yet.</summary>
    public PaySgTables(StorageConnection connection, PaySgSettings settings, IWorkIndex? index = null)
    {
        this.index = index;
        service = connection.Tables();
        prefix = settings.TablePrefix;
        Access = connection.Table(AccessName(settings));
        Payments = connection.WorkTable(settings.TablePrefix + "payments", WorkPlace.Owner, index);
        PaymentLinks = connection.WorkTable(settings.TablePrefix + "paymentlinks", WorkPlace.Owner, index);
        Webhooks = connection.WorkTable(settings.TablePrefix + "webhooks", WorkPlace.Webhooks, index);
        Deliveries = connection.WorkTable(settings.TablePrefix + "deliveries", WorkPlace.Deliveries, index);
        Sandbox = connection.Table(settings.TablePrefix + "sandbox");
    }

    /// <summary>Owners, API keys by hash, the codes of payment services. Partitions <c>due:…</c>: the index of what may be late.</summary>
    public TableClient Access { get; }

    /// <summary>The name of <see cref="Access"/>.</summary>
    public static string AccessName(PaySgSettings settings) => settings.TablePrefix + "access";

    /// <summary>Partition = payment service: payments, their index, charge attempts, mails, events, outbox, idempotency records.</summary>
    public WorkTableClient Payments { get; }

    /// <summary>Partition = account: payment links, the attempts on them, events, outbox. Partition = <c>reff:…</c>: who has this <c>reff_no</c>.</summary>
    public TableClient PaymentLinks { get; }

    /// <summary>Partition = owner: webhook endpoints.</summary>
    public TableClient Webhooks { get; }

    /// <summary>Partition = webhook endpoint: deliveries and the due rows that are their schedule.</summary>
    public TableClient Deliveries { get; }

    /// <summary>What the sandbox gateway remembers. Not used by another gateway.</summary>
    public TableClient Sandbox { get; }

    public IReadOnlyList<TableClient> All => [Access, Payments, PaymentLinks, Webhooks, Deliveries, Sandbox];

    /// <summary>The table with the events and the outbox of an owner: payments or payment links.</summary>
    public TableClient OfOwner(string ownerId) => OwnerIds.KindOf(ownerId) == OwnerKind.Account ? PaymentLinks : Payments;

    /// <summary>Creates the tables that are missing.</summary>
    /// <exception cref="PaySgConfigurationException">The account has them in another letter case.</exception>
    public async Task CreateMissingAsync(CancellationToken cancellationToken)
    {
        var there = await NamesAsync(cancellationToken);
        if (CaseProblem(there) is { } problem)
            throw new PaySgConfigurationException([problem]);

        foreach (var table in All.Where(table => !there.Contains(table.Name)))
            await table.CreateIfNotExistsAsync(cancellationToken);

        if (index is not null && !there.Contains(Access.Name))
            await index.BeginAsync(cancellationToken);
    }

    /// <summary>
    /// What is wrong where the account has the tables in another letter case than the prefix; null: nothing. Azurite makes no table whose name another has in another
    /// case, and finds one with capitals in its own case only; Azure does not tell the cases apart.
    /// </summary>
    public async Task<string?> CaseProblemAsync(CancellationToken cancellationToken) => CaseProblem(await NamesAsync(cancellationToken));

    private string? CaseProblem(HashSet<string> there)
    {
        foreach (var table in All.Where(table => !there.Contains(table.Name)))
        {
            if (there.FirstOrDefault(name => string.Equals(name, table.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
                return $"PaySg__TablePrefix: '{prefix}' is written otherwise than the tables are: there is no {table.Name}, but {other}. Set it to '{other[..prefix.Length]}', in that letter case.";
        }

        return null;
    }

    private async Task<HashSet<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var table in service.QueryAsync(filter: (string?)null, cancellationToken: cancellationToken))
        {
            names.Add(table.Name);
        }

        return names;
    }
}
