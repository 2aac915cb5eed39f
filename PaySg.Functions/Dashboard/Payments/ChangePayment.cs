using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Does what a form of a payment's page asks for, by the operation that the API calls, as the member. The form's key is the call's idempotency key, so a form that
/// is sent twice is done once. A refund says what was left when the form was shown: whoever is late reads what is left now.
/// </summary>
internal sealed class ChangePayment(
    CancelPayment cancelPayment,
    RefundPayment refundPayment,
    RequestLinkMail requestLinkMail,
    PaymentTimeline timeline,
    PaymentView view,
    DashboardPages pages,
    OfficerForms officerForms)
{
    /// <summary>303 to the payment; the form again with what was typed where it was refused.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string paymentId)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var action = form["action"];
        visit.Demand(action == PaymentSteps.Refund ? Permission.Refund : Permission.Billing);
        var path = pages.PaymentOf(visit.Service.Id, paymentId);
        var key = visit.Member.ToKey(visit.Service);
        var answer = await DoAsync(() => action switch
        {
            PaymentSteps.Cancel => cancelPayment.RunAsync(Part(default), key, paymentId),
            PaymentSteps.Send => requestLinkMail.RunAsync(Part(default), key, paymentId),
            PaymentSteps.Refund => RefundAsync(),
            _ => throw ApiErrors.InvalidParameter("action", "must be that of a form of the page."),
        });
        if (answer is null)
            return pages.SeeOther($"{path}?{PaymentSteps.Done}={action}");

        var (payment, entries) = await timeline.ReadAsync(visit.Service.Id, paymentId, CancellationToken.None);
        return action == PaymentSteps.Refund && payment.RefundableInCents > 0
            ? view.Refund(answer.Status, visit, payment, new RefundForm(form["amount"], answer.Message))
            : view.Detail(answer.Status, visit, payment, entries, done: null, answer.Message);

        ApiCall Part(ReadOnlyMemory<byte> body) => call.Part($"{path}/{action}", body, form["form"]);

        Task<ApiAnswer> RefundAsync() => Dollars.Parse(form["amount"]) is { } cents && Dollars.Parse(form["left"]) is { } left
            ? refundPayment.RunAsync(
                Part(JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    json.WriteNumber("refund_amount_in_cents", cents);
                    json.WriteNumber("refund_amount_available_in_cents", left);
                    json.WriteEndObject();
                })),
                key,
                paymentId)
            : throw ApiErrors.InvalidParameter("amount", Dollars.Expected);
    }

    /// <summary>Null: it is done. Else why not, as somebody reads it who has seen the payment a moment ago.</summary>
    private static async Task<Refusal?> DoAsync(Func<Task<ApiAnswer>> operation)
    {
        try
        {
            var answer = await operation();
            return answer.Status < 400 ? null : Refusal.Of(answer);
        }
        catch (ApiException refused) when (refused.Error.Status is 402 or 409 or 429)
        {
            return new Refusal(refused.Error.Status, Refusal.Words(refused.Error.Code, refused.Error.Message));
        }
    }

    private sealed record Refusal(int Status, string Message)
    {
        /// <summary>What a stored answer of the API says.</summary>
        public static Refusal Of(ApiAnswer answer)
        {
            using var json = JsonDocument.Parse(answer.Body);
            var error = json.RootElement.GetProperty("error");
            return new Refusal(answer.Status, Words(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!));
        }

        public static string Words(string code, string message) => code switch
        {
            "refund_amount_available_mismatch" => "Somebody has refunded this payment in the meantime. Look at what is left now.",
            "refund_in_progress" => "Another refund of this payment is being made. Try again when it is decided.",
            "idempotency_key_in_use" => "This refund is not decided yet. Look at the payment again in a moment.",
            _ => message,
        };
    }
}
