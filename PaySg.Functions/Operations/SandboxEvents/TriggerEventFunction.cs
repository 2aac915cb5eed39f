using PaySg.Functions.Access;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>
/// <c>POST /sandbox/events/{type}</c>: makes an event of any type happen, for those who try out what receives it. Test mode only. What it makes belongs to
/// the payment service of the API key.
/// </summary>
internal sealed class TriggerEventFunction(IApiBoundary api, ApiKeyGate keys, IGateway gateway, TriggerEvent triggerEvent)
{
    /// <summary>200 and the ids of what was made; 404 with a gateway that moves money.</summary>
    [Function("TriggerEvent")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sandbox/events/{type}")] HttpRequest request,
        string type) =>
        api.AnswerAsync(request, async call => gateway.IsSandbox
            ? await triggerEvent.RunAsync(call, await keys.AuthorizeAsync(call, Permission.Administrator), type)
            : throw ApiErrors.UnknownPath());
}
