using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Clients of ours and of Azure over a transport of the test's, alike in all that a request would differ by.</summary>
internal static class FixedClients
{
    /// <summary>The queue that both clients send to.</summary>
    public const string Queue = "paysg-outbox";

    /// <summary>Gives every request the same id.</summary>
    public static HttpPipelinePolicy Id => new FixedId();

    /// <summary>An identity whose token names the scopes that it is for.</summary>
    public static TokenCredential Identity => new FixedToken();

    /// <summary>The product's connection.</summary>
    public static StorageConnection Connection(string connection, HttpPipelineTransport transport, params HttpPipelinePolicy[] policies) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = connection }).Build(), transport, policies);

    /// <summary>Azure's client of the queue.</summary>
    public static QueueClient Azures(string connection, HttpPipelineTransport transport)
    {
        var options = new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.Base64 };
        options.AddPolicy(Id, HttpPipelinePosition.PerCall);
        return new QueueClient(connection, Queue, options);
    }

    private sealed class FixedId : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            message.Request.ClientRequestId = "00000000-0000-4000-8000-000000000001";
            message.Request.Headers.SetValue("x-ms-client-request-id", "00000000-0000-4000-8000-000000000001");
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"of {string.Join(' ', requestContext.Scopes)}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
