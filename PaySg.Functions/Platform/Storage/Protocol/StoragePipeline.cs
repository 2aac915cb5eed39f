using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>Builds the pipelines that requests of our own go through: with the retries and the policies of the client that they stand in for.</summary>
internal static class StoragePipeline
{
    private const string Scope = "https://storage.azure.com/.default";

    /// <param name="options">Those of the client.</param>
    /// <param name="errors">Reads the service's errors.</param>
    /// <param name="authentication">Opens the account with each try; null: the options or the address do.</param>
    public static HttpPipeline Of(ClientOptions options, RequestFailedDetailsParser errors, HttpPipelinePolicy? authentication = null)
    {
        var settings = new HttpPipelineOptions(options) { RequestFailedDetailsParser = errors };
        if (authentication is not null)
            settings.PerRetryPolicies.Add(authentication);

        return HttpPipelineBuilder.Build(settings);
    }

    /// <summary>A request to be, under an id of ours.</summary>
    public static HttpMessage NewMessage(HttpPipeline pipeline)
    {
        var message = pipeline.CreateMessage();
        message.Request.ClientRequestId = ClientRequestIds.Next();
        return message;
    }

    /// <summary>Opens an account by the app's identity.</summary>
    public static HttpPipelinePolicy ByIdentity(TokenCredential identity) => new BearerTokenAuthenticationPolicy(identity, Scope);
}
