using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.LocalHost.Queues;

/// <summary>
/// Divides the delay of messages that are sent, rounded up to whole seconds, which is what queues take. It is registered beside the product's services when time is scaled, so that the product
/// itself knows nothing of it: a queue client that takes all registered policies sends with shorter delays.
/// </summary>
/// <param name="timeScale">What delays are divided by.</param>
public sealed class ScaledVisibilityPolicy(double timeScale) : HttpPipelineSynchronousPolicy
{
    private const string Parameter = "visibilitytimeout=";

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        if (request.Method != RequestMethod.Post || !request.Uri.Path.TrimEnd('/').EndsWith("/messages", StringComparison.OrdinalIgnoreCase))
            return;
        var parts = request.Uri.Query.TrimStart('?').Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].StartsWith(Parameter, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(parts[i].AsSpan(Parameter.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            {
                parts[i] = Parameter + Math.Ceiling(seconds / timeScale).ToString(CultureInfo.InvariantCulture);
            }
        }

        request.Uri.Query = parts is [""] ? "" : $"?{string.Join('&', parts)}";
    }
}
