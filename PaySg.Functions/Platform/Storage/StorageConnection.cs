using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// Opens the storage account that the Functions host uses too: <c>AzureWebJobsStorage</c> as a connection string, or
/// <c>AzureWebJobsStorage__accountName</c> (or <c>__tableServiceUri</c> and <c>__queueServiceUri</c>) with the app's identity,
/// whose client id is <c>AzureWebJobsStorage__clientId</c>.
/// </summary>
internal sealed class StorageConnection
{
    private readonly HttpPipelineTransport transport;
    private readonly IReadOnlyList<HttpPipelinePolicy> policies;
    private readonly string? connectionString;
    private readonly IConfigurationSection section;

    /// <summary>Reads the connection's settings; nothing is sent yet.</summary>
    public StorageConnection(IConfiguration configuration, HttpPipelineTransport transport, IEnumerable<HttpPipelinePolicy> policies)
    {
        this.transport = transport;
        this.policies = [.. policies];
        section = configuration.GetSection("AzureWebJobsStorage");
        connectionString = section.Value;
    }

    /// <summary>Whether a connection string opens the account, with a key or a signature; else the app's identity does.</summary>
    public bool IsByKey => connectionString is { Length: > 0 };

    /// <summary>Whether that connection string holds a signature, which may grant less than all.</summary>
    public bool IsBySignature => connectionString?.Contains("SharedAccessSignature=", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The account's tables.</summary>
    public TableServiceClient Tables()
    {
        var options = TableOptions();
        return IsByKey
            ? new TableServiceClient(connectionString, options)
            : new TableServiceClient(Endpoint("table"), Identity(), options);
    }

    /// <summary>One of the account's tables with rows of work.</summary>
    public WorkTableClient WorkTable(string name, WorkPlace place, IWorkIndex? index) => IsByKey
        ? new WorkTableClient(connectionString!, name, TableOptions()) { Place = place, Index = index }
        : new WorkTableClient(Endpoint("table"), name, Identity(), TableOptions()) { Place = place, Index = index };

    /// <summary>One of the account's tables.</summary>
    public TableClient Table(string name) => IsByKey
        ? new OwnTableClient(connectionString!, name, TableOptions())
        : new OwnTableClient(Endpoint("table"), name, Identity(), TableOptions());

    /// <summary>One of the account's queues. Messages are Base64, as the queue trigger expects.</summary>
    public OwnQueueClient Queue(string name)
    {
        var options = Prepare(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        options.AddPolicy(StorageAnswers.OfQueues, HttpPipelinePosition.PerCall);
        if (!IsByKey)
            return new OwnQueueClient(new Uri(Endpoint("queue"), name), Identity(), options);

        var queue = new QueueClient(connectionString, name);
        if (StorageKey.In(connectionString!) is { } key)
            options.AddPolicy(new SharedKeyPolicy(queue.AccountName, key), HttpPipelinePosition.PerRetry);

        return new OwnQueueClient(queue.Uri, options);
    }

    /// <summary>One of the account's containers of blobs.</summary>
    public BlobContainerClient Container(string name)
    {
        var options = Prepare(new BlobClientOptions());
        return IsByKey ? new BlobContainerClient(connectionString, name, options) : new BlobContainerClient(new Uri(Endpoint("blob"), name), Identity(), options);
    }

    private TableClientOptions TableOptions()
    {
        var options = Prepare(new TableClientOptions());
        options.AddPolicy(ExpectedRefusals.Policy, HttpPipelinePosition.PerCall);
        options.AddPolicy(StorageAnswers.OfTables, HttpPipelinePosition.PerCall);
        return options;
    }

    private TOptions Prepare<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        // Short and few: a caller waits. What stays undone is done by the sweeper or by the caller's own retry.
        options.Transport = transport;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        foreach (var policy in policies)
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);

        return options;
    }

    private Uri Endpoint(string service)
    {
        if (section[$"{service}ServiceUri"] is { Length: > 0 } uri)
            return new Uri(uri.TrimEnd('/') + "/");

        return section["accountName"] is { Length: > 0 } account
            ? new Uri($"https://{account}.{service}.core.windows.net/")
            : throw new PaySgConfigurationException(
                [$"AzureWebJobsStorage: missing. Set a connection string, or AzureWebJobsStorage__accountName (or AzureWebJobsStorage__{service}ServiceUri) for the app's identity."]);
    }

    private DefaultAzureCredential Identity() => new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
}
