using PaySg.Functions.Pages;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Creates the payment of a form by the operation that the API calls, as the member. The form's key is the call's idempotency key, so a form that is sent twice
/// creates one payment. A form that asks for more rows is shown again, longer.
/// </summary>
internal sealed class SubmitNewPayment(
    CreatePayment createPayment, NewPaymentView view, DashboardPages pages, OfficerForms officerForms, PaymentSettings limits, PaySgSettings settings)
{
    /// <summary>303 to the payment; 200 and the form with more rows; 400 and the form again where a field is wrong; 409 where the form was sent before with other values.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var sent = await officerForms.ReadAsync(call, visit.Person);
        var form = NewPaymentForm.Of(sent);
        if (form.WithMoreRows(sent) is { } longer)
            return view.Print(200, visit, longer, [], refusal: null);

        var errors = form.Check(limits.MaxAmountInCents, settings.Mode);
        if (errors.Count > 0)
            return view.Print(400, visit, form, errors, refusal: null);

        var (answer, refusal) = await FormRefusal.TryAsync(() => createPayment.RunAsync(
            call.Part(pages.In(visit.Service.Id, DashboardPages.NewPayment), form.Payment.Json, sent[PageForm.Id]), visit.Member.ToKey(visit.Service)));
        if (answer is null)
            return view.Print(refusal!.Status, visit, form, refusal.Errors, refusal.Message);

        using var payment = JsonDocument.Parse(answer.Body);
        return pages.SeeOther($"{pages.PaymentOf(visit.Service.Id, payment.RootElement.GetProperty("id").GetString()!)}?{PaymentSteps.Done}={PaymentSteps.Created}");
    }
}
