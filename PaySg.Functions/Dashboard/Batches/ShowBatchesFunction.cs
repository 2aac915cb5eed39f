using PaySg.Functions.Access;
using PaySg.Functions.Payments.Batches;

namespace PaySg.Functions.Dashboard.Batches;

/// <summary><c>GET /dashboard/{payment_service_id}/batches</c>: the form that sends a file of payments, and earlier files.</summary>
internal sealed class ShowBatchesFunction(IApiBoundary api, DashboardDoor door, BatchStore batches, BatchListView view, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in; 400 where the address asks for something: this list has all on one page.</summary>
    [Function("ShowBatches")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/batches")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(
            request,
            call => door.EnterAsync(call, paymentServiceId, Permission.Billing, async visit =>
            {
                ListAddress.Require(request.Query);
                return view.Print(200, visit, await batches.ListAsync(paymentServiceId, call.ClientLeft), []);
            }),
            pages.Error);
}
