using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage;

/// <summary>
/// A row that is not there, is there already or has changed is an answer that the product asks for (see <see cref="WriteResult"/>), not an error: so the pipeline does not
/// log or trace it as one. What the client throws for it stays the same.
/// </summary>
internal sealed class ExpectedRefusals : HttpPipelineSynchronousPolicy
{
    private ExpectedRefusals()
    {
    }

    /// <summary>For the client of tables.</summary>
    public static ExpectedRefusals Policy { get; } = new();

    public override void OnSendingRequest(HttpMessage message) => message.ResponseClassifier = new Classifier(message.ResponseClassifier);

    private sealed class Classifier(ResponseClassifier others) : ResponseClassifier
    {
        public override bool IsErrorResponse(HttpMessage message) => message.Response.Status is not (404 or 409 or 412) && others.IsErrorResponse(message);

        public override bool IsRetriableResponse(HttpMessage message) => others.IsRetriableResponse(message);

        public override bool IsRetriableException(Exception exception) => others.IsRetriableException(exception);

        public override bool IsRetriable(HttpMessage message, Exception exception) => others.IsRetriable(message, exception);
    }
}
