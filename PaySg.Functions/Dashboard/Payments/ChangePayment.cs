using PaySg.Functions.Access;
using PaySg.Functions.Pages;
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
        if (action is not (PaymentSteps.Cancel or PaymentSteps.Send or PaymentSteps.Refund))
            throw FormRefusal.UnknownAction();

        visit.Demand(action == PaymentSteps.Refund ? Permission.Refund : Permission.Billing);
        var path = pages.PaymentOf(visit.Service.Id, paymentId);
        var key = visit.Member.ToKey(visit.Service);
        var (_, refusal) = await FormRefusal.TryAsync(() => action switch
        {
            PaymentSteps.Cancel => cancelPayment.RunAsync(Part(default), key, paymentId),
            PaymentSteps.Send => requestLinkMail.RunAsync(Part(default), key, paymentId),
            _ => RefundAsync(),
        });
        if (refusal is null)
            return pages.SeeOther($"{path}?{PaymentSteps.Done}={action}");

        var (payment, entries) = await timeline.ReadAsync(visit.Service.Id, paymentId, CancellationToken.None);
        var why = refusal.Message ?? RefundForm.Check(form["amount"], payment.RefundableInCents).Error ?? refusal.Errors[0].Message;
        return action == PaymentSteps.Refund && payment.RefundableInCents > 0
            ? view.Refund(refusal.Status, visit, payment, new RefundForm(form["amount"], why))
            : view.Detail(refusal.Status, visit, payment, entries, done: null, why);

        ApiCall Part(ReadOnlyMemory<byte> body) => call.Part($"{path}/{action}", body, form[PageForm.Id]);

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
}
