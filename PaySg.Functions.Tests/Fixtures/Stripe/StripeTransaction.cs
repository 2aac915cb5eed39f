using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A balance transaction: money that came into an account's balance (positive) or left it (negative), in cents.</summary>
internal sealed class StripeTransaction(string id, StripeOwner owner, DateTimeOffset created) : StripeObject(id, "balance_transaction", owner, created)
{
    /// <summary><c>charge</c> and <c>refund</c> of cards, <c>payment</c> and <c>payment_refund</c> of PayNow; <c>refund_failure</c>, <c>adjustment</c>, <c>payout</c>, <c>payout_failure</c>.</summary>
    public required string Type { get; init; }

    public required string Category { get; init; }

    public required long Amount { get; init; }

    public required long Fee { get; init; }

    public required string Currency { get; init; }

    public required string Source { get; init; }

    /// <summary>The payout that it is part of; null until then.</summary>
    public string? Payout { get; set; }

    public long Net => Amount - Fee;

    public override JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["object"] = Kind,
        ["amount"] = Amount,
        ["available_on"] = Created.ToUnixTimeSeconds(),
        ["balance_type"] = "payments",
        ["created"] = Created.ToUnixTimeSeconds(),
        ["currency"] = Currency,
        ["description"] = null,
        ["exchange_rate"] = null,
        ["fee"] = Fee,
        ["fee_details"] = Fee == 0 ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["amount"] = Fee,
            ["application"] = null,
            ["currency"] = Currency,
            ["description"] = Type == "adjustment" ? "Dispute fee" : "Stripe processing fees",
            ["type"] = "stripe_fee",
        }),
        ["net"] = Net,
        ["reporting_category"] = Category,
        ["source"] = Source,
        ["status"] = Payout is null ? "pending" : "available",
        ["type"] = Type,
    };
}
