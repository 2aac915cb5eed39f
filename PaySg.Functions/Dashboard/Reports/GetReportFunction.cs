using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary><c>GET /dashboard/{payment_service_id}/reports/{file}</c>: a report of a period, as a file.</summary>
internal sealed class GetReportFunction(IApiBoundary api, DashboardDoor door, WriteReport writeReport, DashboardPages pages)
{
    /// <summary>200 and the file; 400 and the page of reports where a day is wrong; 303 to the sign-in.</summary>
    [Function("GetReport")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/reports/{file}")] HttpRequest request,
        string paymentServiceId,
        string file) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.View, visit => Task.FromResult(writeReport.Run(call, visit, file))), pages.Error);
}
