using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A refund of one charge, whole or in part.</summary>
internal sealed class StripeRefund(string id, StripeCharge charge, DateTimeOffset created) : StripeObject(id, "refund", charge.Owner, created)
{
    public StripeCharge Charge { get; } = charge;

    public required long Amount { get; init; }

    public required string? Reason { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary><c>pending</c>, <c>requires_action</c>, <c>succeeded</c>, <c>failed</c> or <c>canceled</c>.</summary>
    public required string Status { get; set; }

    public string? FailureReason { get; set; }

    public string? Transaction { get; set; }

    /// <summary>The transaction by which its money came back to the balance.</summary>
    public string? FailureTransaction { get; set; }

    /// <summary>Whether its money has left the balance and not come back.</summary>
    public bool Stands => Status is not ("failed" or "canceled");

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["object"] = Kind,
            ["amount"] = Amount,
            ["balance_transaction"] = Transaction,
            ["charge"] = Charge.Id,
            ["created"] = Created.ToUnixTimeSeconds(),
            ["currency"] = Charge.Intent.Currency,
            ["customer"] = null,
            ["customer_account"] = null,
            ["destination_details"] = Charge.Method == "card"
                ? new JsonObject { ["card"] = new JsonObject { ["reference_status"] = "pending", ["reference_type"] = "acquirer_reference_number", ["type"] = "refund" }, ["type"] = "card" }
                : new JsonObject { ["paynow"] = new JsonObject(), ["type"] = "paynow" },
            ["metadata"] = Json(Metadata),
            ["payment_intent"] = Charge.Intent.Id,
            ["payment_method"] = Charge.MethodId,
            ["reason"] = Reason,
            ["receipt_number"] = null,
            ["source_transfer_reversal"] = null,
            ["status"] = Status,
            ["transfer_reversal"] = null,
        };
        if (FailureReason is not null)
            json["failure_reason"] = FailureReason;
        if (FailureTransaction is not null)
            json["failure_balance_transaction"] = FailureTransaction;
        if (Status == "pending")
            json["pending_reason"] = "processing";
        return json;
    }
}
