using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary><c>GET /dashboard/{payment_service_id}/new-payment</c>: the form that creates a payment.</summary>
internal sealed class ShowNewPaymentFunction(IApiBoundary api, DashboardDoor door, NewPaymentView view, DashboardPages pages)
{
    /// <summary>200 and the form; 303 to the sign-in.</summary>
    [Function("ShowNewPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/new-payment")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => Task.FromResult(view.Blank(visit))), pages.Error);
}
