using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Checkout.Sandbox;

/// <summary><c>POST /sandbox/payments/{payment_id}</c>: what the payer's page would do, without a browser. Test mode only.</summary>
public sealed class SimulatePaymentFunction(IApiBoundary api, IGateway gateway, PayPayment payPayment, PaymentJson paymentJson)
{
    private static readonly string[] Outcomes = ["succeeded", "declined", "pending"];

    /// <summary>200 and the payment. Where the payer would be sent on, the header <c>paysg-redirect-to</c> says where.</summary>
    [Function("SimulatePayment")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sandbox/payments/{paymentId}")] HttpRequest request,
        string paymentId) =>
        api.AnswerAsync(request, async call =>
        {
            if (!gateway.IsSandbox)
            {
                throw ApiErrors.UnknownPath();
            }

            var fields = await call.ReadFieldsAsync();
            var outcome = fields.RequiredText("outcome", 20);
            if (outcome is not null && !Outcomes.Contains(outcome))
            {
                fields.Wrong("outcome", $"must be one of {string.Join(", ", Outcomes)}.");
            }

            fields.ThrowIfInvalid();
            var payment = await payPayment.RunAsync(paymentId, new PaymentMethod(SandboxGateway.Simulated, outcome!), call.ClientLeft);
            var answer = new ApiAnswer(200, paymentJson.Print(payment));
            return payment.Status == PaymentStatus.Paid && ReturnRedirect.TargetFor(payment) is { } target
                ? answer.WithHeader("paysg-redirect-to", target)
                : answer;
        });
}
