using PaySg.Functions.Access;

namespace PaySg.Functions.Events;

/// <summary><c>GET …/events</c>: events, newest first, whether anybody subscribed or not.</summary>
internal sealed class ListEventsFunction(IApiBoundary api, ApiKeyGate gate, ListEvents listEvents)
{
    /// <summary>200 and a page.</summary>
    [Function("ListEvents")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/events")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
            await listEvents.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator)));
}
