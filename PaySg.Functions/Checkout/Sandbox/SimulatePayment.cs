using PaySg.Functions.Access;
using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Idempotency;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout.Sandbox;

/// <summary>Pays a payment as the payer's page would, with an outcome that the caller chooses.</summary>
public sealed class SimulatePayment(PayPayment payPayment, PaymentServices services, KeyedCalls keyedCalls, PaySgTables tables, ChargeAttemptAnswer answers)
{
    /// <summary>Who calls, as records of idempotency keys name it: payers have no key of their own.</summary>
    internal const string Payer = "payer";

    private static readonly string[] Outcomes = ["succeeded", "declined", "pending"];

    /// <summary>
    /// 200 and the payment. The header <c>paysg-attempt-id</c> names the attempt; where the payer would be sent on, <c>paysg-redirect-to</c> says where.
    /// </summary>
    /// <exception cref="ApiException">400, 402, 404, 409, 429, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentId)
    {
        ArgumentNullException.ThrowIfNull(call);
        var fields = await call.ReadFieldsAsync();
        var outcome = fields.RequiredText("outcome", 20);
        if (outcome is not null && !Outcomes.Contains(outcome))
        {
            fields.Wrong("outcome", $"must be one of {string.Join(", ", Outcomes)}.");
        }

        fields.ThrowIfInvalid();
        var serviceId = (PaymentId.IsValid(paymentId)
            ? await services.FindIdByCodeAsync(PaymentId.ServiceCodeOf(paymentId), call.ClientLeft)
            : null) ?? throw ApiErrors.PaymentNotFound();
        var keyed = keyedCalls.Of(
            call, new KeySpace(Payer, tables.Payments, serviceId), new RequestParameters().With("outcome", outcome).OnceWrittenAs(outcome!));
        var method = new PaymentMethod(SandboxMethods.Simulated, outcome!);
        return await keyed.RunAsync(async () =>
        {
            var charge = await payPayment.RunAsync(serviceId, paymentId, method, keyed, call.ClientLeft);
            return charge.Replay
                ?? (keyed.Request is null && charge.Refusal is { } refusal ? throw refusal : answers.Of(charge.Play!.Attempt, charge.Play.Payment, keyed.RequestId));
        });
    }
}
