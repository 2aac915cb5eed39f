using System.Diagnostics;
using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>Pays a payment as the payer's page would, with an outcome that the caller chooses.</summary>
internal sealed class SimulatePayment(PayPayment payPayment, PaymentServiceStore services, KeyedCalls keyedCalls, PaySgTables tables, ChargeAttemptAnswer answers)
{
    private static readonly string[] Outcomes = ["succeeded", "declined", "pending"];

    /// <summary>
    /// 200 and the payment. The header <c>paysg-attempt-id</c> names the attempt; where the payer would be sent on, <c>paysg-redirect-to</c> says where.
    /// </summary>
    /// <exception cref="ApiException">400, 402, 404, 409, 429, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, string paymentId)
    {
        var fields = await call.ReadFieldsAsync();
        var outcome = fields.RequiredText("outcome", 20);
        if (outcome is not null && !Outcomes.Contains(outcome))
            fields.Wrong("outcome", $"must be one of {string.Join(", ", Outcomes)}.");

        fields.ThrowIfInvalid();
        var serviceId = (PaymentId.IsValid(paymentId)
            ? await services.FindIdByCodeAsync(PaymentId.ServiceCodeOf(paymentId), call.ClientLeft)
            : null) ?? throw ApiErrors.PaymentNotFound();
        var keyed = keyedCalls.Of(
            call, new KeySpace(SandboxMethods.Payer, tables.Payments, serviceId), new RequestParameters().With("outcome", outcome).OnceWrittenAs(outcome!));
        var method = new PaymentMethod(SandboxMethods.Simulated, outcome!);
        return await keyed.RunAsync(async () => await payPayment.RunAsync(serviceId, paymentId, method, LanguageWish.None, keyed, call.ClientLeft) switch
        {
            PaymentCharge.Replayed replayed => replayed.Answer,
            PaymentCharge.Refused refused => throw ChargeAttemptAnswer.ErrorOf(refused.Why),
            PaymentCharge.Made { Stored: { } stored } => stored,
            PaymentCharge.Made { Refusal: { } refusal } when keyed.Request is null => throw ChargeAttemptAnswer.ErrorOf(refusal),
            PaymentCharge.Made made => answers.Of(made.Attempt, made.Payment, keyed.RequestId),
            _ => throw new UnreachableException(),
        });
    }
}
