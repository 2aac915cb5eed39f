using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Builds the body of a request to create a payment.</summary>
public sealed class PaymentRequest
{
    private readonly JsonObject body = new()
    {
        ["reference_id"] = "INV-2026-0001",
        ["payer_name"] = "Tan Ah Kow",
        ["description"] = "Licence fee",
        ["amount_in_cents"] = 1130,
    };

    public PaymentRequest Of(long cents) => With("amount_in_cents", cents);

    public PaymentRequest ReturningTo(string url) => With("return_url", url);

    public PaymentRequest With(string field, JsonNode? value)
    {
        body[field] = value;
        return this;
    }

    public PaymentRequest Without(string field)
    {
        body.Remove(field);
        return this;
    }

    public override string ToString() => body.ToJsonString();
}
