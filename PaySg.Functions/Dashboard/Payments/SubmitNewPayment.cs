using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Creates the payment of a form by the operation that the API calls, as the member. The form's key is the call's idempotency key, so a form that is sent twice
/// creates one payment.
/// </summary>
internal sealed class SubmitNewPayment(
    CreatePayment createPayment, NewPaymentView view, DashboardPages pages, OfficerForms officerForms, PaymentSettings limits, PaySgSettings settings)
{
    /// <summary>303 to the payment; 400 and the form again where a field is wrong; 409 where the form was sent before with other values.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await officerForms.ReadAsync(call, visit.Person);

        var typed = new TypedPayment(name => form[name], []);
        var errors = typed.Check(limits.MaxAmountInCents, settings.Mode);
        if (errors.Count > 0)
            return view.Print(400, visit, name => form[name], errors, refusal: null);

        try
        {
            var answer = await createPayment.RunAsync(call.Part(pages.In(visit.Service.Id, DashboardPages.NewPayment), typed.Json, form["form"]), visit.Member.ToKey(visit.Service));
            using var payment = JsonDocument.Parse(answer.Body);
            return pages.SeeOther($"{pages.PaymentOf(visit.Service.Id, payment.RootElement.GetProperty("id").GetString()!)}?{PaymentSteps.Done}={PaymentSteps.Created}");
        }
        catch (ApiException used) when (used.Error.Status == 409)
        {
            return view.Print(409, visit, name => form[name], [], "This form was sent before with other values, and that payment was created. Look for it among the payments before you send this one as well.");
        }
    }
}
