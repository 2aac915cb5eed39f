using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>Makes a payment and has it paid, cancelled, refunded or mailed, by the operations that a client would call, until the event has happened.</summary>
internal sealed class TriggerPaymentEvent(
    CreatePayment create,
    PayPayment pay,
    CancelPayment cancel,
    RefundPayment refund,
    RequestLinkMail mail,
    PaymentStore payments,
    IChargeFacts facts,
    KeyedCalls keyedCalls,
    PaySgTables tables,
    PaymentSettings settings)
{
    private const long AmountInCents = 1130;

    // The domain is nobody's (RFC 2606): where mails are really sent, the caller names an address.
    private const string NobodysEmail = "payer@example.com";

    /// <summary>The ids of payment, refund and event.</summary>
    /// <exception cref="ApiException">400; 402 where a part was refused; 409; 503.</exception>
    public async Task<TriggeredEvent> RunAsync(ApiCall call, ApiKey key, TriggerRequest request, string? partKey)
    {
        call.ClientLeft.ThrowIfCancellationRequested();
        var path = $"/v1/payment-services/{key.PaymentServiceId}/payments";
        var payment = await CallPart.RunAsync(() => create.RunAsync(call.Part(path, Body(request), partKey), key));
        var id = payment.GetProperty("id").GetString()!;
        var since = DateTimeOffset.Parse(payment.GetProperty("created_at").GetString()!, CultureInfo.InvariantCulture);

        string? refundId = null;
        switch (request.Type)
        {
            case EventTypes.PaymentSucceeded:
                await PayAsync(call, key, id, new PaymentMethod(SandboxMethods.Simulated, "succeeded"), partKey);
                break;
            case EventTypes.PaymentCancelled:
                await CallPart.RunAsync(() => cancel.RunAsync(call.Part($"{path}/{id}/cancel", default, partKey), key, id));
                break;
            case EventTypes.PaymentRefunded:
                await PayAsync(call, key, id, new PaymentMethod(SandboxMethods.Simulated, "succeeded"), partKey);
                refundId = await RefundAsync(call, key, id, partKey);
                break;
            case EventTypes.PaymentRefundFailed:
                await PayAsync(call, key, id, new PaymentMethod(MethodKinds.Card, TestCard.RefundsRefused), partKey);
                refundId = await RefundAsync(call, key, id, partKey);
                break;
            case EventTypes.PaymentDisputeOpened or EventTypes.PaymentDisputeClosed:
                await PayAsync(call, key, id, new PaymentMethod(SandboxMethods.Simulated, "succeeded"), partKey);
                await DisputeAsync(key, id, isDecided: request.Type == EventTypes.PaymentDisputeClosed);
                break;
            case EventTypes.PaymentEmailSent:
                await CallPart.RunAsync(() => mail.RunAsync(call.Part($"{path}/{id}/send-email", default, partKey), key, id));
                break;
        }

        var eventId = await FindTriggeredEvent.RunAsync(
            tables.Payments, key.PaymentServiceId, request.Type, since, data => data.GetProperty("object").GetProperty("id").GetString() == id);
        return new TriggeredEvent(request.Type, eventId, id, refundId);
    }

    private byte[] Body(TriggerRequest request) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("reference_id", "SANDBOX-EVENT");
        json.WriteString("payer_name", "Sandbox Payer");
        json.WriteString("payer_email", request.PayerEmail ?? (request.Type == EventTypes.PaymentEmailSent ? NobodysEmail : null));
        json.WriteString("description", $"Made to trigger {request.Type}");
        json.WriteNumber("amount_in_cents", Amount);
        json.WriteEndObject();
    });

    private long Amount => Math.Min(AmountInCents, settings.MaxAmountInCents);

    /// <summary>Pays as the payer's page would. Nobody else knows the payment, so only an earlier request with the same key may have paid it.</summary>
    private async Task PayAsync(ApiCall call, ApiKey key, string paymentId, PaymentMethod method, string? partKey)
    {
        var part = call.Part($"/sandbox/payments/{paymentId}", default, partKey);
        var keyed = keyedCalls.Of(part, key.At(tables.Payments), new RequestParameters().With("method", method.Token));
        switch (await pay.RunAsync(key.PaymentServiceId, paymentId, method, LanguageWish.None, keyed, part.ClientLeft))
        {
            case PaymentCharge.Refused refused:
                throw ChargeAttemptAnswer.ErrorOf(refused.Why);
            case PaymentCharge.Made { Refusal: { } refusal }:
                var error = ChargeAttemptAnswer.ErrorOf(refusal).Error;
                throw ApiErrors.EventNotTriggered(error.Code, error.Message);
        }
    }

    /// <summary>Disputes what was paid, as the payer's bank would. A dispute that is told twice is told once.</summary>
    private async Task DisputeAsync(ApiKey key, string paymentId, bool isDecided)
    {
        var payment = (await payments.GetAsync(key.PaymentServiceId, paymentId, CancellationToken.None)).Payment;
        var dispute = new ChargeDispute($"dp_{paymentId}", payment.Details.AmountInCents, "fraudulent", DisputeStatus.Open, payment.SucceededAt!.Value);
        var attempt = payment.AttemptKey(payment.PaidByAttemptId!);
        await facts.WriteDisputeAsync(attempt, account: null, dispute);
        if (isDecided)
            await facts.WriteDisputeAsync(attempt, account: null, dispute with { Status = DisputeStatus.Won });
    }

    private async Task<string?> RefundAsync(ApiCall call, ApiKey key, string paymentId, string? partKey)
    {
        var body = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("refund_amount_in_cents", Amount);
            json.WriteEndObject();
        });
        // Refused or not, the payment tells.
        await refund.RunAsync(call.Part($"/v1/payment-services/{key.PaymentServiceId}/payments/{paymentId}/refund", body, partKey), key, paymentId);
        return (await payments.GetAsync(key.PaymentServiceId, paymentId, CancellationToken.None)).Payment.Refunds[^1].Id;
    }
}
