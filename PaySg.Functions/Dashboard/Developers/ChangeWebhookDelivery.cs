using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Sends a delivery again by the operation that the API calls, as the member. A form that is sent twice is done once.</summary>
internal sealed class ChangeWebhookDelivery(ResendDelivery resend, ShowWebhookDelivery show, DeveloperPages corner)
{
    /// <summary>303 to the delivery; the page with why where it was refused.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId, string eventId)
    {
        var form = await corner.ReadAsync(call, visit);
        if (form["action"] != DeveloperSteps.Resend)
            throw FormRefusal.UnknownAction();

        var path = DeveloperPaths.Delivery(endpointId, eventId);
        var caller = visit.Member.ToKey(visit.Service).ToCaller();
        var (answer, refusal) = await FormRefusal.TryAsync(() => resend.RunAsync(corner.Part(call, visit, path, form), caller, endpointId, eventId));
        return answer is null ? await show.RunAsync(call, visit, endpointId, eventId, refusal) : corner.SeeOther(visit, path, DeveloperSteps.Resend);
    }
}
