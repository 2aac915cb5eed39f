using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Internal;

/// <summary>An account's Table service: its address and the pipeline that requests go through. Clients of one service share it.</summary>
internal sealed class TableService
{
    public const string MinimalMetadata = "application/json;odata=minimalmetadata";

    private const string TokenScope = "https://storage.azure.com/.default";

    private static readonly ResponseClassifier Classifier = new();

    private readonly HttpPipeline _pipeline;
    private readonly string _version;
    private readonly string _address;

    private TableService(Uri endpoint, string? accountName, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        options ??= new TableClientOptions();
        _version = options.VersionString;
        Endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Path));
        _address = Endpoint.AbsoluteUri.TrimEnd('/');
        AccountName = accountName ?? AccountOf(Endpoint);
        _pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            ResponseClassifier = Classifier,
            RequestFailedDetailsParser = ErrorDetailsParser.Instance,
        });
    }

    public Uri Endpoint { get; }

    public string AccountName { get; }

    public static TableService Of(string connectionString, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var (endpoint, credential) = ConnectionStringParser.Parse(connectionString);
        return new TableService(endpoint, credential.AccountName, new SharedKeyLitePolicy(credential), options);
    }

    public static TableService Of(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new TableService(endpoint, null, new SharedKeyLitePolicy(credential), options);
    }

    public static TableService Of(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(tokenCredential);
        return new TableService(endpoint, null, new BearerTokenAuthenticationPolicy(tokenCredential, TokenScope), options);
    }

    /// <summary>The full address of something below the account's.</summary>
    public string AddressOf(string path) => $"{_address}/{path}";

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">What is addressed, below the account: escaped, with its query.</param>
    /// <param name="expected">A status from 400 on that is an answer like others: neither thrown nor logged as an error.</param>
    public HttpMessage CreateMessage(RequestMethod method, string path, int? expected = null)
    {
        var context = new RequestContext();
        if (expected is { } status)
            context.AddClassifier(status, isError: false);
        var message = _pipeline.CreateMessage(context, Classifier);
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(AddressOf(path)));
        message.Request.Headers.SetValue("x-ms-version", _version);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("Accept", MinimalMetadata);
        return message;
    }

    /// <summary>Sends a request and disposes of it; the answer is buffered and lives on.</summary>
    /// <exception cref="RequestFailedException">If the service refuses the request, or cannot be reached.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
        }
    }

    /// <exception cref="RequestFailedException">If the table exists and that is not expected, or the service refuses its name.</exception>
    public async Task<Response> CreateTableAsync(string name, bool mayExist, CancellationToken cancellationToken)
    {
        var message = CreateMessage(RequestMethod.Post, "Tables", mayExist ? (int)HttpStatusCode.Conflict : null);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(TableEntityWriter.TableNameBody(name));
        var response = await SendAsync(message, cancellationToken);
        if (response.Status == (int)HttpStatusCode.Conflict)
        {
            // A table that is being deleted cannot be used: that is no "exists".
            var conflict = new RequestFailedException(response, null, ErrorDetailsParser.Instance);
            if (conflict.ErrorCode == Models.TableErrorCode.TableBeingDeleted)
                throw conflict;
        }

        return response;
    }

    public Task<Response> DeleteTableAsync(string name, CancellationToken cancellationToken) =>
        SendAsync(
            CreateMessage(RequestMethod.Delete, $"Tables('{Uri.EscapeDataString(name)}')", (int)HttpStatusCode.NotFound),
            cancellationToken);

    private static string AccountOf(Uri endpoint) =>
        endpoint.HostNameType == UriHostNameType.Dns && !endpoint.IsLoopback
            ? endpoint.Host.Split('.')[0]
            : endpoint.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
}
