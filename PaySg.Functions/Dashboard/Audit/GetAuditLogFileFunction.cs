using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary><c>GET /dashboard/{payment_service_id}/audit/{file}</c>: who did what, as a file.</summary>
internal sealed class GetAuditLogFileFunction(IApiBoundary api, DashboardDoor door, WriteAuditLog writeLog, DashboardPages pages)
{
    /// <summary>200 and the file; 400 and the page of the log where a day is wrong; 303 to the sign-in.</summary>
    [Function("GetAuditLogFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/audit/{file}")] HttpRequest request,
        string paymentServiceId,
        string file) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => Task.FromResult(writeLog.Run(call, pages.PlaceOf(visit), file))), pages.Error);
}
