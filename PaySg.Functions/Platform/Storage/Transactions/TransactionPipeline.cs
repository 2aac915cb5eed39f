using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Transactions;

/// <summary>The way of transactions to storage: Azure's pipeline with its retries, and with the policies of the client that it belongs to.</summary>
internal sealed class TransactionPipeline
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly HttpPipeline pipeline;
    private readonly string endpoint;
    private readonly string host;
    private readonly string signature;

    private TransactionPipeline(Uri endpoint, string signature, TableClientOptions options, HttpPipelinePolicy? authentication)
    {
        this.endpoint = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        this.signature = signature;
        host = endpoint.Host;
        var settings = new HttpPipelineOptions(options) { RequestFailedDetailsParser = OdataError.Parser };
        if (authentication is not null)
            settings.PerRetryPolicies.Add(authentication);

        pipeline = HttpPipelineBuilder.Build(settings);
    }

    /// <summary>To an account that a connection string opens, by key or by signature.</summary>
    public static TransactionPipeline ByKey(string connectionString, TableClientOptions options)
    {
        var account = new TableServiceClient(connectionString);
        var key = StorageKey.In(connectionString);
        return key is null
            ? new TransactionPipeline(account.Uri, StorageKey.SignatureIn(connectionString), options, authentication: null)
            : new TransactionPipeline(account.Uri, "", options, new SharedKeyLitePolicy(account.AccountName, key));
    }

    /// <summary>To an account that the app's identity opens.</summary>
    public static TransactionPipeline ByIdentity(Uri endpoint, TokenCredential identity, TableClientOptions options) =>
        new(endpoint, "", options, new BearerTokenAuthenticationPolicy(identity, Scope));

    /// <summary>Sends the transaction and reads the answer.</summary>
    public async Task<Response<IReadOnlyList<Response>>> SubmitAsync(string table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        var body = new TransactionBody($"{endpoint}/{table}", host, signature, message.Request.ClientRequestId);
        var request = message.Request;
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri($"{endpoint}/$batch{signature}"));
        request.Headers.Add("x-ms-version", TransactionBody.Version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        request.Headers.Add(HttpHeader.Names.ContentType, body.ContentType);
        request.Content = RequestContent.Create(body.Write(actions));
        await pipeline.SendAsync(message, cancellationToken);

        var response = message.Response;
        if (response.Status != 202)
            throw new RequestFailedException(response);

        return Response.FromValue(TransactionAnswer.Read(response), response);
    }
}
