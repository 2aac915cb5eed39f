using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// The product's way to storage, watched: it counts round trips and the rows that come back, notes table queries that Azure would scan
/// for, and lets a test lose the answer of a write or cut storage off. The host's own queue polling does not pass here.
/// </summary>
/// <param name="rows">Takes down what is written, and what of it Azure would refuse; null: a ledger of its own.</param>
/// <param name="storage">The way to a storage account in memory; null: the account is another process, and the way is the network.</param>
public sealed class StorageTraffic(RowLedger? rows = null, HttpPipelineTransport? storage = null) : HttpPipelineTransport
{
    private readonly HttpPipelineTransport inner = storage ?? HttpClientTransport.Shared;
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

    /// <summary>What is written.</summary>
    public RowLedger Rows { get; } = rows ?? new RowLedger();

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

    /// <summary>Queries that name no partition, bound no row key or hold an <c>or</c>: Azure scans for them. And what was written that Azure would have refused.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (gate)
                return [.. violations, .. Rows.Violations];
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
        if (StorageRequest.IsOfBlobs(message.Request))
        {
            if (IsCutOff)
                throw new RequestFailedException(0, "The storage account cannot be reached.", new HttpRequestException("Connection refused"));
            await inner.ProcessAsync(message);
            return;
        }

        var request = StorageRequest.Of(message.Request);
        Note(request);
        BeforeSend(request);
        if (IsCutOff)
            throw new RequestFailedException(0, "The storage account cannot be reached.", new HttpRequestException("Connection refused"));
        await ComesBefore(request);
        await inner.ProcessAsync(message);
        if (request.Filter is not null)
            await CountRowsAsync(message.Response);
        else if (!request.IsQueue && request.Method != "GET" && await IsCommittedAsync(message.Response))
            Rows.Commit(request);
        if (LosesAnswerOf(request))
        {
            message.Response.Dispose();
            throw new IOException("The connection broke off after the request was sent.");
        }
    }

    /// <summary>Whether all was written: a transaction that is refused is answered 202 as well, with the refusal within.</summary>
    private static async Task<bool> IsCommittedAsync(Response response)
    {
        if (response.Status != 202)
            return response.Status < 300;
        var answer = await ReadAsync(response);
        return !Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length).Split("HTTP/1.1 ").Skip(1).Any(part => part[0] != '2');
    }

    /// <summary>Reads an answer and puts it back as it was.</summary>
    private static async Task<MemoryStream> ReadAsync(Response response)
    {
        var answer = new MemoryStream();
        if (response.ContentStream is { } content)
        {
            await content.CopyToAsync(answer);
            await content.DisposeAsync();
        }

        answer.Position = 0;
        response.ContentStream = answer;
        return answer;
    }

    private async Task CountRowsAsync(Response response)
    {
        var answer = await ReadAsync(response);
        if (response.Status >= 400)
            return;
        using var json = JsonDocument.Parse(answer.GetBuffer().AsMemory(0, (int)answer.Length));
        var returned = json.RootElement.GetProperty("value").GetArrayLength();
        lock (gate)
            RowsReturned += returned;
    }

    private void Note(StorageRequest request)
    {
        lock (gate)
        {
            requests.Add(request);
            if (request.Filter is { } filter
                && !request.IsBackup
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
