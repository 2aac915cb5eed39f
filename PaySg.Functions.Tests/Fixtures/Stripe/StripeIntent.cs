using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A payment intent, of PayNow or of a card.</summary>
internal sealed class StripeIntent(string id, StripeOwner owner, DateTimeOffset created) : StripeObject(id, "payment_intent", owner, created)
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What the caller allowed; null if it did not say.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    public string? Description { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? StatementDescriptor { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    /// <summary>The Checkout session that made it; null where it was made by the API.</summary>
    public string? Session { get; init; }

    public string Status { get; set; } = "requires_payment_method";

    /// <summary><c>paynow</c> or <c>card</c>; null where none was attached, or the last attempt failed.</summary>
    public string? Method { get; set; }

    public string? MethodId { get; set; }

    public string? LatestCharge { get; set; }

    public long AmountReceived { get; set; }

    public JsonObject? LastError { get; set; }

    public DateTimeOffset? CanceledAt { get; set; }

    public string? CancellationReason { get; set; }

    /// <summary>When the attempt that waits for its payer fails by itself; null where none waits.</summary>
    public DateTimeOffset? AttemptEnds { get; set; }

    public IReadOnlyList<string> Types => Allowed ?? ["card", "paynow"];

    public override JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = Kind,
        ["allowed_payment_method_types"] = Json(Allowed),
        ["amount"] = Amount,
        ["amount_capturable"] = 0,
        ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
        ["amount_received"] = AmountReceived,
        ["application"] = null,
        ["application_fee_amount"] = null,
        ["automatic_payment_methods"] = new JsonObject { ["allow_redirects"] = "always", ["enabled"] = true },
        ["canceled_at"] = CanceledAt?.ToUnixTimeSeconds(),
        ["cancellation_reason"] = CancellationReason,
        ["capture_method"] = "automatic_async",
        ["client_secret"] = $"{Id}_secret_{Id[^12..]}",
        ["confirmation_method"] = "automatic",
        ["created"] = Created.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["customer"] = null,
        ["customer_account"] = null,
        ["description"] = Description,
        ["excluded_payment_method_types"] = null,
        ["last_payment_error"] = LastError?.DeepClone(),
        ["latest_charge"] = LatestCharge,
        ["livemode"] = Owner.Live,
        ["managed_payments"] = null,
        ["metadata"] = Json(Metadata),
        ["next_action"] = Status == "requires_action" ? StripePayNow.NextAction(this) : null,
        ["on_behalf_of"] = null,
        ["payment_method"] = MethodId,
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject([.. Types.Select(type => KeyValuePair.Create(type, (JsonNode?)OptionsOf(type)))]),
        ["payment_method_types"] = Json(Types),
        ["payment_record"] = null,
        ["processing"] = null,
        ["receipt_email"] = ReceiptEmail,
        ["review"] = null,
        ["setup_future_usage"] = null,
        ["shipping"] = null,
        ["source"] = null,
        ["statement_descriptor"] = StatementDescriptor,
        ["statement_descriptor_suffix"] = StatementDescriptorSuffix,
        ["status"] = Status,
        ["transfer_data"] = null,
        ["transfer_group"] = null,
    };

    private static JsonObject OptionsOf(string type) => type != "card" ? [] : new JsonObject
    {
        ["installments"] = null,
        ["mandate_options"] = null,
        ["network"] = null,
        ["request_three_d_secure"] = "automatic",
    };
}
