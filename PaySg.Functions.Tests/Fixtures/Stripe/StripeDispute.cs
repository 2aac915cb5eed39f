using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A payer's bank takes the money of a card's charge back, until the dispute is decided.</summary>
internal sealed class StripeDispute(string id, StripeCharge charge, DateTimeOffset created) : StripeObject(id, "dispute", charge.Owner, created)
{
    private static readonly string[] Evidence =
    [
        "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
        "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation",
        "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "service_date",
        "service_documentation", "shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
        "uncategorized_file", "uncategorized_text",
    ];

    public StripeCharge Charge { get; } = charge;

    public required long Amount { get; init; }

    public required string Reason { get; init; }

    /// <summary>Money taken, and given back where it was won.</summary>
    public List<StripeTransaction> Transactions { get; } = [];

    /// <summary><c>needs_response</c>, <c>under_review</c>, <c>won</c> or <c>lost</c>.</summary>
    public string Status { get; set; } = "needs_response";

    public override JsonObject ToJson()
    {
        var evidence = new JsonObject([.. Evidence.Select(name => KeyValuePair.Create(name, (JsonNode?)null))]) { ["enhanced_evidence"] = new JsonObject() };
        return new JsonObject
        {
            ["id"] = Id,
            ["object"] = Kind,
            ["amount"] = Amount,
            ["balance_transactions"] = new JsonArray([.. Transactions.Select(transaction => (JsonNode?)transaction.ToJson())]),
            ["charge"] = Charge.Id,
            ["created"] = Created.ToUnixTimeSeconds(),
            ["currency"] = Charge.Intent.Currency,
            ["enhanced_eligibility_types"] = new JsonArray(),
            ["evidence"] = evidence,
            ["evidence_details"] = new JsonObject
            {
                ["due_by"] = Created.AddDays(7).ToUnixTimeSeconds(),
                ["enhanced_eligibility"] = new JsonObject(),
                ["has_evidence"] = false,
                ["past_due"] = false,
                ["submission_count"] = 0,
                ["submission_method"] = "not_submitted",
            },
            ["intended_submission_method"] = null,
            ["is_charge_refundable"] = false,
            ["livemode"] = Owner.Live,
            ["metadata"] = new JsonObject(),
            ["payment_intent"] = Charge.Intent.Id,
            ["payment_method_details"] = new JsonObject
            {
                ["card"] = new JsonObject { ["brand"] = "visa", ["case_type"] = "chargeback", ["network"] = "visa", ["network_reason_code"] = "10.4" },
                ["type"] = "card",
            },
            ["reason"] = Reason,
            ["status"] = Status,
        };
    }
}
