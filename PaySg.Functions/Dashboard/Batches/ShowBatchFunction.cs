using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary><c>GET /dashboard/{payment_service_id}/batches/{batch_id}</c>: what is wrong in a file, or how far its payments are created.</summary>
internal sealed class ShowBatchFunction(IApiBoundary api, DashboardDoor door, ShowBatch showBatch, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowBatch")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/batches/{batchId}")] HttpRequest request,
        string paymentServiceId,
        string batchId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => showBatch.RunAsync(visit, batchId, call.ClientLeft)), pages.Error);
}
