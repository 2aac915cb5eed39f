using PaySg.Functions.Access;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>Shows a payment, or the form of a step. A step that the payment does not allow shows the payment.</summary>
internal sealed class ShowPayment(PaymentStore payments, PaymentTimeline timeline, PaymentView view)
{
    /// <summary>200 and the page; 400 and the form again where an amount is wrong.</summary>
    /// <exception cref="ApiException">404; 403 for a step that the member may not take.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string paymentId)
    {
        var query = call.Request.Query;
        var step = query["step"].ToString();
        if (step is PaymentSteps.Refund or PaymentSteps.Confirm or PaymentSteps.Cancel && await ShowStepAsync(call, visit, paymentId, step) is { } form)
            return form;

        var (payment, entries) = await timeline.ReadAsync(visit.Service.Id, paymentId, call.ClientLeft);
        var done = query[PaymentSteps.Done].ToString();
        return view.Detail(200, visit, payment, entries, done is PaymentSteps.Refund or PaymentSteps.Cancel or PaymentSteps.Send or PaymentSteps.Created ? done : null, refusal: null);
    }

    /// <summary>The form of a step, which needs the payment alone; null: the payment does not allow the step.</summary>
    private async Task<ApiAnswer?> ShowStepAsync(ApiCall call, Visit visit, string paymentId, string step)
    {
        var payment = (await payments.GetAsync(visit.Service.Id, paymentId, call.ClientLeft)).Payment;
        switch (step)
        {
            case PaymentSteps.Refund when payment.Status == PaymentStatus.Paid:
                visit.Demand(Permission.Refund);
                return view.Refund(200, visit, payment, RefundForm.Blank(payment.RefundableInCents));
            case PaymentSteps.Confirm when payment.Status == PaymentStatus.Paid:
                visit.Demand(Permission.Refund);
                var form = RefundForm.Check(call.Request.Query["amount"].ToString().Trim(), payment.RefundableInCents);
                return form.Error is null ? view.ConfirmRefund(visit, payment, form.Cents!.Value) : view.Refund(400, visit, payment, form);
            case PaymentSteps.Cancel when payment.Status == PaymentStatus.Unpaid:
                visit.Demand(Permission.Billing);
                return view.ConfirmCancel(visit, payment);
            default:
                return null;
        }
    }
}
