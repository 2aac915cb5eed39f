using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary><c>GET /dashboard/{payment_service_id}/batches/{batch_id}/mistakes.csv</c>: what is wrong in a file.</summary>
internal sealed class GetBatchMistakesFunction(IApiBoundary api, DashboardDoor door, WriteBatchMistakes writeMistakes, DashboardPages pages)
{
    /// <summary>200 and the file; 303 to the sign-in.</summary>
    [Function("GetBatchMistakes")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/batches/{batchId}/mistakes.csv")] HttpRequest request,
        string paymentServiceId,
        string batchId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => writeMistakes.RunAsync(visit, batchId, call.ClientLeft)), pages.Error);
}
