using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>What a caller asks for.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="PayerEmail">Where mails of the payment go; null: nobody's address, and only where the event needs one.</param>
/// <param name="WebhookEndpointId">The endpoint to test; null: the newest one that is enabled.</param>
/// <param name="ReffNo">The payment link to pay on; null: the event needs none.</param>
public sealed record TriggerRequest(string Type, string? PayerEmail, string? WebhookEndpointId, string? ReffNo)
{
    /// <summary>What to compare repetitions by.</summary>
    public RequestParameters Parameters => new RequestParameters()
        .With("payer_email", PayerEmail)
        .With("webhook_endpoint_id", WebhookEndpointId)
        .With("reff_no", ReffNo);
}
