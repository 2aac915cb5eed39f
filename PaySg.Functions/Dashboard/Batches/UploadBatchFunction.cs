using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary><c>POST /dashboard/{payment_service_id}/batches</c>: sends a file of payments, to be looked at.</summary>
internal sealed class UploadBatchFunction(IApiBoundary api, DashboardDoor door, UploadBatch uploadBatch, DashboardPages pages)
{
    /// <summary>303 to the batch; 400 or 413 and the form again where the file cannot be read; 401 where the sender is signed in no more.</summary>
    [Function("UploadBatch")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/batches")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => uploadBatch.RunAsync(call, visit)), pages.Error);
}
