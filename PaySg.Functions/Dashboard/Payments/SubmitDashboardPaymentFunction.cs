using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary><c>POST /dashboard/{payment_service_id}/payments/{payment_id}</c>: cancels, refunds or mails a payment.</summary>
internal sealed class SubmitDashboardPaymentFunction(IApiBoundary api, DashboardDoor door, ChangePayment changePayment, DashboardPages pages)
{
    /// <summary>303 to the payment; the form again with what was typed where it was refused; 401 where the sender is signed in no more.</summary>
    [Function("SubmitDashboardPayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/payments/{paymentId}")] HttpRequest request,
        string paymentServiceId,
        string paymentId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.View, visit => changePayment.RunAsync(call, visit, paymentId)), pages.Error);
}
