using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary><c>POST /dashboard/{payment_service_id}/batches/{batch_id}</c>: creates the payments of a file, sends their links, or discards it.</summary>
internal sealed class SubmitBatchFunction(IApiBoundary api, DashboardDoor door, ChangeBatch changeBatch, DashboardPages pages)
{
    /// <summary>303 to the batch; 401 where the sender is signed in no more.</summary>
    [Function("SubmitBatch")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/batches/{batchId}")] HttpRequest request,
        string paymentServiceId,
        string batchId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => changeBatch.RunAsync(call, visit, batchId)), pages.Error);
}
