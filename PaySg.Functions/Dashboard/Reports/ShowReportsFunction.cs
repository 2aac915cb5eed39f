using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary><c>GET /dashboard/{payment_service_id}/reports</c>: what was paid in a period.</summary>
internal sealed class ShowReportsFunction(IApiBoundary api, DashboardDoor door, ShowReports showReports, DashboardPages pages)
{
    /// <summary>200 and the page; 400 and the days again where one is wrong; 303 to the sign-in.</summary>
    [Function("ShowReports")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/reports")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.View, visit => showReports.RunAsync(call, visit)), pages.Error);
}
