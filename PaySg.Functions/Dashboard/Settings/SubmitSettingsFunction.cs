using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary><c>POST /dashboard/{payment_service_id}/settings</c>: saves the settings.</summary>
internal sealed class SubmitSettingsFunction(IApiBoundary api, DashboardDoor door, SubmitSettings submit, DashboardPages pages)
{
    /// <summary>303 to the settings; the form again with what was typed where it was not saved; 401 where the sender is signed in no more.</summary>
    [Function("SubmitSettings")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/settings")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => submit.RunAsync(call, visit)), pages.Error);
}
