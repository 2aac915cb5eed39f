using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary><c>GET /dashboard/{payment_service_id}/payments</c>: payments, with filters.</summary>
internal sealed class ShowDashboardPaymentsFunction(IApiBoundary api, DashboardDoor door, ShowPaymentList showList, DashboardPages pages)
{
    /// <summary>200 and a page of the list; 400 and the filter again where something in it is wrong; 303 to the sign-in.</summary>
    [Function("ShowDashboardPayments")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/payments")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.View, visit => showList.RunAsync(call, visit)), pages.Error);
}
