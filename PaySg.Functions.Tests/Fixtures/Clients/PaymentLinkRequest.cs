using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Builds the body of a request to create or to update a payment link.</summary>
public sealed class PaymentLinkRequest
{
    private readonly JsonObject body;

    private PaymentLinkRequest(JsonObject body) => this.body = body;

    /// <summary>A body that creates a link, valid as it is.</summary>
    public static PaymentLinkRequest New(string reffNo) => new(new JsonObject
    {
        ["reff_no"] = reffNo,
        ["title"] = "Invoice Pembelian Laptop",
        ["required_customer_detail"] = false,
        ["max_usage"] = 10,
        ["total_amount"] = 100000,
        ["items"] = new JsonArray(new JsonObject { ["name"] = "Laptop", ["quantity"] = 1, ["unit_price"] = 100000 }),
    });

    /// <summary>The body of the update that Singapay's page prints.</summary>
    public static PaymentLinkRequest Update() => new(JsonNode.Parse(
        """
        {
            "required_customer_detail": true,
            "max_usage": 20,
            "expired_at": 1740960000000,
            "status": "open",
            "whitelisted_payment_method": ["VA_BRI", "VA_DANAMON", "QRIS", "ALFAMART"],
            "redirect_url": "https://example.com/thank-you"
        }
        """)!.AsObject());

    /// <summary>A body that creates a link by API v2.0, valid as it is.</summary>
    public static PaymentLinkRequest NewV2(string reffNo) => new(new JsonObject
    {
        ["reff_no"] = reffNo,
        ["payment_link_type"] = "total",
        ["total_amount"] = 20000,
    });

    public PaymentLinkRequest With(string field, JsonNode? value)
    {
        body[field] = value;
        return this;
    }

    /// <summary>A field in this very JSON.</summary>
    public PaymentLinkRequest WithJson(string field, string json) => With(field, JsonNode.Parse(json));

    public PaymentLinkRequest Without(string field)
    {
        body.Remove(field);
        return this;
    }

    /// <summary>The amount, and one item that makes it up.</summary>
    public PaymentLinkRequest Of(long rupiah) => With("total_amount", rupiah)
        .With("items", new JsonArray(new JsonObject { ["name"] = "Fee", ["quantity"] = 1, ["unit_price"] = rupiah }));

    public override string ToString() => body.ToJsonString();
}
