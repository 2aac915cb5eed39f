using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// The product's way to storage, watched: it counts round trips and the rows that come back, notes table queries that Azure would scan
/// for, and lets a test lose the answer of a write or cut storage off. The host's own queue polling does not pass here.
/// </summary>
public sealed class StorageTraffic : HttpPipelineTransport
{
    private readonly HttpClientTransport inner = HttpClientTransport.Shared;
    private readonly Lock gate = new();
    private readonly List<StorageRequest> requests = [];
    private readonly List<string> violations = [];

    /// <summary>While true nothing reaches storage: every try fails as an unreachable account does.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Answers true for a write that is to be committed with its answer lost. Asked once for each request that is sent.</summary>
    public Func<StorageRequest, bool> LosesAnswerOf { get; set; } = static _ => false;

    /// <summary>Throws what a fault of ours would: for each request that is sent.</summary>
    public Action<StorageRequest> BeforeSend { get; set; } = static _ => { };

    /// <summary>Runs for each request before it is sent: what another writer does just then.</summary>
    public Func<StorageRequest, Task> ComesBefore { get; set; } = static _ => Task.CompletedTask;

    /// <summary>How many rows queries have returned since the last <see cref="Forget"/>.</summary>
    public int RowsReturned { get; private set; }

    /// <summary>All requests since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<StorageRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>Requests to tables.</summary>
    public IReadOnlyList<StorageRequest> TableRequests => [.. Requests.Where(request => !request.IsQueue)];

    /// <summary>Messages sent to queues.</summary>
    public IReadOnlyList<StorageRequest> QueueRequests => [.. Requests.Where(request => request.IsQueue)];

    /// <summary>Queries that name no partition, bound no row key or hold an <c>or</c>: Azure scans for them.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (gate)
                return [.. violations];
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            requests.Clear();
            RowsReturned = 0;
        }
    }

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The product's storage calls are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var request = StorageRequest.Of(message.Request);
        Note(request);
        BeforeSend(request);
        if (IsCutOff)
            throw new RequestFailedException(0, "The storage account cannot be reached.", new HttpRequestException("Connection refused"));
        await ComesBefore(request);
        await inner.ProcessAsync(message);
        if (request.Filter is not null)
            await CountRowsAsync(message.Response);
        if (LosesAnswerOf(request))
        {
            message.Response.Dispose();
            throw new IOException("The connection broke off after the request was sent.");
        }
    }

    /// <summary>Reads the answer to a query, counts its rows, and puts it back as it was.</summary>
    private async Task CountRowsAsync(Response response)
    {
        var answer = new MemoryStream();
        if (response.ContentStream is { } content)
        {
            await content.CopyToAsync(answer);
            await content.DisposeAsync();
        }

        answer.Position = 0;
        response.ContentStream = answer;
        if (response.Status >= 400)
            return;
        using var json = JsonDocument.Parse(answer.GetBuffer().AsMemory(0, (int)answer.Length));
        var rows = json.RootElement.GetProperty("value").GetArrayLength();
        lock (gate)
            RowsReturned += rows;
    }

    private void Note(StorageRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
            if (request.Filter is { } filter
                && (!filter.Contains("PartitionKey eq", StringComparison.Ordinal)
                    || !filter.Contains("RowKey ge", StringComparison.Ordinal)
                    || !filter.Contains("RowKey lt", StringComparison.Ordinal)
                    || filter.Contains(" or ", StringComparison.Ordinal)))
            {
                violations.Add(filter);
            }
        }
    }
}
