using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary><c>POST /dashboard/{payment_service_id}/new-payment</c>: creates a payment.</summary>
internal sealed class SubmitNewPaymentFunction(IApiBoundary api, DashboardDoor door, SubmitNewPayment submit, DashboardPages pages)
{
    /// <summary>303 to the payment; the form again with what was typed where something in it is wrong; 401 where the sender is signed in no more.</summary>
    [Function("SubmitNewPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/new-payment")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Billing, visit => submit.RunAsync(call, visit)), pages.Error);
}
