using PaySg.Functions.Pages;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Endpoints;
using PaySg.Functions.Webhooks.Recoveries;

namespace PaySg.Functions.Dashboard.Developers;

/// <summary>
/// Does what a form of an endpoint's page asks for, by the operation that the API calls, as the member. The form's key is the call's idempotency key, so a form that
/// is sent twice is done once. A form that changes, rotates or deletes says which endpoint its sender saw: where somebody has changed it in the meantime, nothing is
/// written and the sender reads so.
/// </summary>
internal sealed class ChangeWebhook(
    UpdateWebhookEndpoint update,
    RotateWebhookSecret rotate,
    DeleteWebhookEndpoint delete,
    TestWebhookEndpoint test,
    StartRecovery startRecovery,
    ShowWebhook show,
    WebhookView view,
    WebhooksView forms,
    DeveloperPages corner)
{
    private const string TypedTime = "yyyy-MM-dd'T'HH:mm";

    /// <summary>303 to what was done; 200 and a new secret, this once; the form again with what was typed where it was refused.</summary>
    /// <exception cref="ApiException">400, 403, 404, 413, 415, 503.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit, string endpointId)
    {
        var form = await corner.ReadAsync(call, visit);
        var path = DeveloperPaths.Webhook(endpointId);
        var key = visit.Member.ToKey(visit.Service);
        var action = form["action"];
        var typed = WebhookForm.Read(form);
        WebhookEndpoint? newer = null;
        var (answer, refusal) = await FormRefusal.TryAsync(() => action switch
        {
            DeveloperSteps.Edit => update.RunAsync(Part(typed.ToJson()), key, endpointId, IsAsSeen),
            DeveloperSteps.Enable => update.RunAsync(Part("""{"enabled":true}"""u8.ToArray()), key, endpointId),
            DeveloperSteps.Disable => update.RunAsync(Part("""{"enabled":false}"""u8.ToArray()), key, endpointId),
            DeveloperSteps.Rotate => rotate.RunAsync(Part(RotationOf(form)), key, endpointId, IsAsSeen),
            DeveloperSteps.Delete => delete.RunAsync(Part(default), key, endpointId, IsAsSeen),
            DeveloperSteps.Test => test.RunAsync(Part(default), key, endpointId),
            DeveloperSteps.Recover => startRecovery.RunAsync(Part(PeriodOf(form)), key.ToCaller(), endpointId),
            _ => throw FormRefusal.UnknownAction(),
        });
        if (answer is null)
        {
            return action switch
            {
                DeveloperSteps.Edit when refusal is { IsStale: true } => forms.Edit(visit, endpointId, typed, EndpointMark.Of(newer!), refusal with
                {
                    Message = $"Somebody has changed this endpoint in the meantime: it is {newer!.Url}, and gets {DeliveryWords.Events(newer)}. If you save again, what you typed takes the place of that.",
                }),
                DeveloperSteps.Edit => forms.Edit(visit, endpointId, typed, form[SeenMark.Field], refusal),
                DeveloperSteps.Recover => view.Recover(visit, endpointId, form[WebhookView.Since], form[WebhookView.Until], refusal),
                _ => await show.DetailAsync(call, visit, endpointId, refusal! with { Message = refusal.Message ?? "Choose one of the times that the form offers." }),
            };
        }

        return action switch
        {
            DeveloperSteps.Rotate => forms.Secret(visit, "The secret is rotated", endpointId, TextOf(answer, "secret")),
            DeveloperSteps.Delete => corner.SeeOther(visit, DeveloperPaths.Webhooks, action),
            DeveloperSteps.Test => corner.SeeOther(visit, DeveloperPaths.Delivery(endpointId, TextOf(answer, "event_id")!), action),
            DeveloperSteps.Recover => corner.SeeOther(visit, DeveloperPaths.Recovery(endpointId, TextOf(answer, "id")!)),
            _ => corner.SeeOther(visit, path, action),
        };

        bool IsAsSeen(WebhookEndpoint endpoint)
        {
            newer = endpoint;
            return EndpointMark.Of(endpoint) == form[SeenMark.Field];
        }

        ApiCall Part(ReadOnlyMemory<byte> body) => corner.Part(call, visit, path, form, body);
    }

    private static string? TextOf(ApiAnswer answer, string field)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty(field).GetString();
    }

    private static byte[] RotationOf(PageForm form) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        if (long.TryParse(form[WebhookView.Overlap], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            json.WriteNumber(WebhookView.Overlap, seconds);
        }
        else if (form.Has(WebhookView.Overlap))
        {
            json.WriteString(WebhookView.Overlap, form[WebhookView.Overlap]);
        }

        json.WriteEndObject();
    });

    private static byte[] PeriodOf(PageForm form) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var name in (string[])[WebhookView.Since, WebhookView.Until])
        {
            if (form[name].Length > 0)
                json.WriteString(name, AsTheApiWrites(form[name]));
        }

        json.WriteEndObject();
    });

    /// <summary>Browsers send 2026-01-15T09:30 and mean the time of the page, which is Singapore's.</summary>
    private static string AsTheApiWrites(string time) => DateTime.TryParseExact(time, TypedTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var known) && known.Year > 1
        ? SingaporeTime.Format(new DateTimeOffset(known, SingaporeTime.Offset))
        : time;
}
