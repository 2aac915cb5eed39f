using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary><c>GET /dashboard/{payment_service_id}/audit</c>: who did what, with a filter.</summary>
internal sealed class ShowAuditLogFunction(IApiBoundary api, DashboardDoor door, ShowAuditLog showLog, DashboardPages pages)
{
    /// <summary>200 and a page of the log; 400 and the filter again where something in it is wrong; 303 to the sign-in.</summary>
    [Function("ShowAuditLog")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/audit")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showLog.RunAsync(call, pages.PlaceOf(visit))), pages.Error);
}
