using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Http;

/// <summary>Tells <see cref="CallerPatience"/> of each operation of tables and queues that changes something, once, before its first try.</summary>
internal sealed class CallerPatiencePolicy : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method != RequestMethod.Get)
            CallerPatience.BeforeWrite();
    }
}
