using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary><c>GET /dashboard/{payment_service_id}/payments/{payment_id}</c>: a payment and all that happened to it; with a step, a form.</summary>
internal sealed class ShowDashboardPaymentFunction(IApiBoundary api, DashboardDoor door, ShowPayment showPayment, DashboardPages pages)
{
    /// <summary>200 and the page; 400 and the form again where something in it is wrong; 303 to the sign-in.</summary>
    [Function("ShowDashboardPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/payments/{paymentId}")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.View, visit => showPayment.RunAsync(call, visit, paymentId)), pages.Error);
}
