using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The way of a table's transactions and reads to storage: Azure's pipeline with its retries, and with the policies of the client that it belongs to.</summary>
internal sealed class TablePipeline
{
    private readonly HttpPipeline pipeline;
    private readonly Uri address;
    private readonly TableAddress table;

    private TablePipeline(Uri account, string table, string signature, TableClientOptions options, HttpPipelinePolicy? authentication)
    {
        var endpoint = account.GetLeftPart(UriPartial.Path).TrimEnd('/');
        address = new Uri($"{endpoint}/$batch{signature}");
        this.table = new TableAddress(endpoint, account.Host, signature, table);
        pipeline = StoragePipeline.Of(options, OdataError.Parser, authentication);
    }

    /// <summary>To an account that a connection string opens, by key or by signature.</summary>
    public static TablePipeline ByKey(string connectionString, string table, TableClientOptions options)
    {
        var account = new TableServiceClient(connectionString);
        var key = StorageKey.In(connectionString);
        return key is null
            ? new TablePipeline(account.Uri, table, StorageKey.SignatureIn(connectionString), options, authentication: null)
            : new TablePipeline(account.Uri, table, "", options, new SharedKeyLitePolicy(account.AccountName, key));
    }

    /// <summary>To an account that the app's identity opens.</summary>
    public static TablePipeline ByIdentity(Uri account, string table, TokenCredential identity, TableClientOptions options) =>
        new(account, table, "", options, StoragePipeline.ByIdentity(identity));

    /// <summary>Sends the transaction and reads the answer.</summary>
    public async Task<Response<IReadOnlyList<Response>>> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        using var message = StoragePipeline.NewMessage(pipeline);
        var body = new TransactionBody(table, message.Request.ClientRequestId);
        var request = message.Request;
        request.Method = RequestMethod.Post;
        request.Uri.Reset(address);
        request.Headers.Add("x-ms-version", TableAddress.Version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        request.Headers.Add(HttpHeader.Names.ContentType, body.ContentType);
        request.Content = body.Write(actions);
        await pipeline.SendAsync(message, cancellationToken);

        var response = message.Response;
        if (response.Status != 202)
            throw new RequestFailedException(response);

        return Response.FromValue(TransactionAnswer.Read(response), response);
    }

    /// <summary>Asks for a row and reads the answer, which is the row or a 404.</summary>
    public async ValueTask<T> GetAsync<TState, T>(string partitionKey, string rowKey, TState state, Func<Response, TState, T> read, CancellationToken cancellationToken)
    {
        using var uri = ReusedUri.Of(table.OfRow(partitionKey, rowKey));
        using var message = StoragePipeline.NewMessage(pipeline);
        var request = message.Request;
        request.Method = RequestMethod.Get;
        request.Uri = uri.Builder;
        request.Headers.Add("x-ms-version", TableAddress.Version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add(HttpHeader.Names.Accept, "application/json;odata=minimalmetadata");
        await pipeline.SendAsync(message, cancellationToken);

        var response = message.Response;
        if (response.Status is not (200 or 404))
            throw new RequestFailedException(response);

        return read(response, state);
    }
}
