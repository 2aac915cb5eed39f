using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A Checkout session of mode <c>payment</c>.</summary>
internal sealed class StripeSession(string id, StripeOwner owner, DateTimeOffset created) : StripeObject(id, "checkout.session", owner, created)
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>The name of what is sold, as the hosted page shows it.</summary>
    public required string Product { get; init; }

    public required IReadOnlyList<string>? Allowed { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string SuccessUrl { get; init; }

    public required string? CancelUrl { get; init; }

    public required string? Reference { get; init; }

    public required string? Email { get; init; }

    public required string? Locale { get; init; }

    public required string? SubmitType { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What its payment intent gets.</summary>
    public required IReadOnlyDictionary<string, string> IntentMetadata { get; init; }

    public required string? IntentDescription { get; init; }

    public required string? IntentDescriptor { get; init; }

    public required string? IntentDescriptorSuffix { get; init; }

    public required string? IntentEmail { get; init; }

    /// <summary>The hosted page, while it is open.</summary>
    public required Uri Page { get; init; }

    public string Status { get; set; } = "open";

    public string PaymentStatus { get; set; } = "unpaid";

    /// <summary>Null until a payer tried to pay.</summary>
    public string? Intent { get; set; }

    public IReadOnlyList<string> Types => Allowed ?? ["card", "paynow"];

    public override JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = Kind,
        ["adaptive_pricing"] = null,
        ["after_expiration"] = null,
        ["allow_promotion_codes"] = null,
        ["allowed_payment_method_types"] = Json(Allowed),
        ["amount_subtotal"] = Amount,
        ["amount_total"] = Amount,
        ["automatic_tax"] = new JsonObject { ["enabled"] = false, ["liability"] = null, ["provider"] = null, ["status"] = null },
        ["billing_address_collection"] = null,
        ["cancel_url"] = CancelUrl,
        ["client_reference_id"] = Reference,
        ["client_secret"] = null,
        ["collected_information"] = null,
        ["consent"] = null,
        ["consent_collection"] = null,
        ["created"] = Created.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["currency_conversion"] = null,
        ["custom_fields"] = new JsonArray(),
        ["custom_text"] = new JsonObject
        {
            ["after_submit"] = null,
            ["shipping_address"] = null,
            ["submit"] = null,
            ["terms_of_service_acceptance"] = null,
        },
        ["customer"] = null,
        ["customer_account"] = null,
        ["customer_creation"] = "if_required",
        ["customer_details"] = Status != "complete" ? null : new JsonObject
        {
            ["address"] = null,
            ["business_name"] = null,
            ["email"] = Email ?? "payer@example.com",
            ["individual_name"] = null,
            ["name"] = "A Payer",
            ["phone"] = null,
            ["tax_exempt"] = "none",
            ["tax_ids"] = null,
        },
        ["customer_email"] = Email,
        ["discounts"] = new JsonArray(),
        ["expires_at"] = ExpiresAt.ToUnixTimeSeconds(),
        ["integration_identifier"] = null,
        ["invoice"] = null,
        ["invoice_creation"] = null,
        ["livemode"] = Owner.Live,
        ["locale"] = Locale,
        ["managed_payments"] = null,
        ["metadata"] = Json(Metadata),
        ["mode"] = "payment",
        ["origin_context"] = null,
        ["payment_intent"] = Intent,
        ["payment_link"] = null,
        ["payment_method_collection"] = "if_required",
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject { ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" } },
        ["payment_method_types"] = Json(Types),
        ["payment_status"] = PaymentStatus,
        ["permissions"] = null,
        ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
        ["recovered_from"] = null,
        ["saved_payment_method_options"] = null,
        ["setup_intent"] = null,
        ["shipping_address_collection"] = null,
        ["shipping_cost"] = null,
        ["shipping_options"] = new JsonArray(),
        ["status"] = Status,
        ["submit_type"] = SubmitType,
        ["subscription"] = null,
        ["success_url"] = SuccessUrl,
        ["total_details"] = new JsonObject { ["amount_discount"] = 0, ["amount_shipping"] = 0, ["amount_tax"] = 0 },
        ["ui_mode"] = "hosted_page",
        ["url"] = Status == "open" ? Page.AbsoluteUri : null,
        ["wallet_options"] = null,
    };
}
