using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A payout of an account's balance to its bank.</summary>
internal sealed class StripePayout(string id, StripeOwner owner, DateTimeOffset created) : StripeObject(id, "payout", owner, created)
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>By Stripe's schedule. Only of such payouts can it be asked what is in them.</summary>
    public required bool Automatic { get; init; }

    public string? Transaction { get; set; }

    public string Status { get; set; } = "paid";

    public string? FailureCode { get; set; }

    public string? FailureTransaction { get; set; }

    public override JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = Kind,
        ["amount"] = Amount,
        ["application_fee"] = null,
        ["application_fee_amount"] = null,
        ["arrival_date"] = Created.ToUnixTimeSeconds(),
        ["automatic"] = Automatic,
        ["balance_transaction"] = Transaction,
        ["created"] = Created.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["description"] = "STRIPE PAYOUT",
        ["destination"] = "ba_1PaySg000000000000000000",
        ["failure_balance_transaction"] = FailureTransaction,
        ["failure_code"] = FailureCode,
        ["failure_message"] = FailureCode is null ? null : "The bank could not take the payout.",
        ["livemode"] = Owner.Live,
        ["metadata"] = new JsonObject(),
        ["method"] = "standard",
        ["original_payout"] = null,
        ["payout_method"] = null,
        ["reconciliation_status"] = Automatic ? "completed" : "not_applicable",
        ["reversed_by"] = null,
        ["source_type"] = "card",
        ["statement_descriptor"] = null,
        ["status"] = Status,
        ["trace_id"] = null,
        ["type"] = "bank_account",
    };
}
