using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary><c>GET /dashboard/{payment_service_id}/settings</c>: what the payment service says of itself to payers, and what was changed of it.</summary>
internal sealed class ShowSettingsFunction(IApiBoundary api, DashboardDoor door, ShowSettings show, DashboardPages pages)
{
    /// <summary>200 and the form; 303 to the sign-in.</summary>
    [Function("ShowSettings")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/settings")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => show.RunAsync(call, visit)), pages.Error);
}
