using PaySg.Functions.Access;

namespace PaySg.Functions.Events;

/// <summary><c>GET …/events/{event_id}</c>: one event.</summary>
internal sealed class GetEventFunction(IApiBoundary api, ApiKeyGate gate, GetEvent getEvent)
{
    /// <summary>200 and the event.</summary>
    [Function("GetEvent")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/payment-services/{paymentServiceId}/events/{eventId}")] HttpRequest request,
        string paymentServiceId,
        string eventId) =>
        api.AnswerAsync(request, async call =>
            await getEvent.RunAsync(call, await gate.AuthorizeAsync(call, paymentServiceId, Permission.Administrator), eventId));
}
