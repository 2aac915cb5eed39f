using PaySg.Functions.Events;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Posts the event of a delivery from a place at its endpoint and with leave to ask its host. Both are held for the receiver's time, not for storage's.</summary>
internal sealed class PostInPlace(HostLimits hosts, PostEvent postEvent)
{
    /// <summary>What came of the POST, or null and how long to put the attempt back: the place or the leave was not to be had.</summary>
    /// <param name="place">The place, which is left in any case.</param>
    /// <param name="delivery">What is posted.</param>
    /// <param name="endpoint">Where to.</param>
    public async Task<(PostResult? Post, TimeSpan PutBackFor)> RunAsync(EndpointPlace place, WebhookDelivery delivery, WebhookEndpoint endpoint)
    {
        using var held = place;
        if (place.PutBackFor is { } delay)
            return (null, delay);

        var isAskedFor = delivery.ResendAt is not null || delivery.Event.Type == EventTypes.WebhookTest;
        using var host = hosts.Enter(WebhookUrl.HostOf(endpoint.Url), endpoint.Id, isAskedFor);
        if (host.PutBackFor is { } delayOfHost)
        {
            place.WasNotUsed();
            return (null, delayOfHost);
        }

        host.Post = await postEvent.RunAsync(delivery.Event, endpoint);
        return (host.Post, TimeSpan.Zero);
    }
}
