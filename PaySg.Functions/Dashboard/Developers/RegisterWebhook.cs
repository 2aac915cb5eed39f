using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>Registers the webhook endpoint of a form by the operation that the API calls, as the member. A form that is sent twice registers one and shows its secret once.</summary>
internal sealed class RegisterWebhook(CreateWebhookEndpoint createWebhookEndpoint, WebhooksView view, DeveloperPages corner)
{
    /// <summary>200 and the secret, this once; the form again with what was typed where it was refused.</summary>
    /// <exception cref="ApiException">400, 403, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var form = await corner.ReadAsync(call, visit);
        if (form["action"] != DeveloperSteps.Create)
            throw FormRefusal.UnknownAction();

        var typed = WebhookForm.Read(form);
        var key = visit.Member.ToKey(visit.Service);
        var (answer, refusal) = await FormRefusal.TryAsync(() => createWebhookEndpoint.RunAsync(corner.Part(call, visit, DeveloperPaths.Webhooks, form, typed.ToJson()), key));
        if (answer is null)
            return view.New(visit, typed, refusal);

        using var endpoint = JsonDocument.Parse(answer.Body);
        return view.Secret(visit, "The endpoint is added", endpoint.RootElement.GetProperty("id").GetString()!, endpoint.RootElement.GetProperty("secret").GetString());
    }
}
