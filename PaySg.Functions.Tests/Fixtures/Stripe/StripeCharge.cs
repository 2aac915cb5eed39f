using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A charge: one attempt to take an intent's money, successful or failed. PayNow's ids begin with <c>py_</c>.</summary>
internal sealed class StripeCharge(string id, StripeIntent intent, DateTimeOffset created) : StripeObject(id, "charge", intent.Owner, created)
{
    public StripeIntent Intent { get; } = intent;

    public string Method { get; } = intent.Method!;

    public string MethodId { get; } = intent.MethodId!;

    public required bool Succeeded { get; init; }

    public string? FailureCode { get; init; }

    /// <summary>The issuer's reason, where it declined.</summary>
    public string? DeclineCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>Null of a failed charge.</summary>
    public string? Transaction { get; set; }

    /// <summary>What refunds have taken that did not fail.</summary>
    public long Refunded { get; set; }

    public bool Disputed { get; set; }

    public override JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = Kind,
        ["amount"] = Intent.Amount,
        ["amount_captured"] = Succeeded ? Intent.Amount : 0,
        ["amount_refunded"] = Refunded,
        ["application"] = null,
        ["application_fee"] = null,
        ["application_fee_amount"] = null,
        ["balance_transaction"] = Transaction,
        ["billing_details"] = new JsonObject { ["address"] = null, ["email"] = null, ["name"] = null, ["phone"] = null, ["tax_id"] = null },
        ["calculated_statement_descriptor"] = Method == "card" ? "PAYSG" : null,
        ["captured"] = Succeeded,
        ["created"] = Created.ToUnixTimeSeconds(),
        ["currency"] = Intent.Currency,
        ["customer"] = null,
        ["description"] = Intent.Description,
        ["disputed"] = Disputed,
        ["failure_balance_transaction"] = null,
        ["failure_code"] = FailureCode,
        ["failure_message"] = FailureMessage,
        ["fraud_details"] = new JsonObject(),
        ["livemode"] = Owner.Live,
        ["metadata"] = Json(Intent.Metadata),
        ["on_behalf_of"] = null,
        ["outcome"] = new JsonObject
        {
            ["advice_code"] = null,
            ["network_advice_code"] = null,
            ["network_decline_code"] = null,
            ["network_status"] = Succeeded ? "approved_by_network" : "declined_by_network",
            ["reason"] = DeclineCode,
            ["seller_message"] = Succeeded ? "Payment complete." : "The bank did not return any further details with this decline.",
            ["type"] = Succeeded ? "authorized" : "issuer_declined",
        },
        ["paid"] = Succeeded,
        ["payment_intent"] = Intent.Id,
        ["payment_method"] = MethodId,
        ["payment_method_details"] = Method == "card" ? Card() : PayNow(),
        ["receipt_email"] = Intent.ReceiptEmail,
        ["receipt_number"] = null,
        ["receipt_url"] = Succeeded ? $"https://pay.stripe.com/receipts/{Id}" : null,
        ["refunded"] = Succeeded && Refunded == Intent.Amount,
        ["review"] = null,
        ["shipping"] = null,
        ["source"] = null,
        ["source_transfer"] = null,
        ["statement_descriptor"] = Intent.StatementDescriptor,
        ["statement_descriptor_suffix"] = Intent.StatementDescriptorSuffix,
        ["status"] = Succeeded ? "succeeded" : "failed",
        ["transfer_data"] = null,
        ["transfer_group"] = null,
    };

    private JsonObject PayNow() => new() { ["type"] = "paynow", ["paynow"] = new JsonObject { ["reference"] = Id[^10..] } };

    private JsonObject Card() => new()
    {
        ["type"] = "card",
        ["card"] = new JsonObject
        {
            ["amount_authorized"] = Succeeded ? Intent.Amount : null,
            ["authorization_code"] = Succeeded ? "123456" : null,
            ["brand"] = "visa",
            ["checks"] = new JsonObject { ["address_line1_check"] = null, ["address_postal_code_check"] = null, ["cvc_check"] = "pass" },
            ["country"] = "SG",
            ["electronic_commerce_indicator"] = null,
            ["exp_month"] = 12,
            ["exp_year"] = 2034,
            ["fingerprint"] = "Xt5EWLLDS7FJjR1c",
            ["funding"] = "credit",
            ["installments"] = null,
            ["last4"] = "4242",
            ["mandate"] = null,
            ["network"] = "visa",
            ["network_transaction_id"] = null,
            ["regulated_status"] = "unregulated",
            ["three_d_secure"] = null,
            ["transaction_link_id"] = null,
            ["wallet"] = null,
        },
    };
}
